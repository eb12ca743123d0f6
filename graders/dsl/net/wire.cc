#include "graders/dsl/net/wire.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sched.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/net/bytes.h"
#include "graders/dsl/net/tcp_table.h"

namespace octet::grading {
namespace {

constexpr std::size_t unlimited = 64 << 10;  // bytes of one recv

sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

void set_option(int socket, int level, int option, int value) {
  if (setsockopt(socket, level, option, &value, sizeof value) != 0) {
    throw std::system_error(errno, std::generic_category(), "setsockopt");
  }
}

std::uint16_t local_port(int socket) {
  sockaddr_in address = {};
  socklen_t size = sizeof address;
  getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size);
  return ntohs(address.sin_port);
}

std::string count_of(std::size_t count, const char* noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

}  // namespace

Wire::Wire(ServerProcess& server, Options options)
    : server_(&server), name_(std::move(options.name)) {
  socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (socket_ < 0) throw std::system_error(errno, std::generic_category(), "socket");
  set_option(socket_, IPPROTO_TCP, TCP_NODELAY, 1);
  if (options.receive_buffer > 0) {
    set_option(socket_, SOL_SOCKET, SO_RCVBUF, options.receive_buffer);
  }
  connect();
  port_ = local_port(socket_);
  tell(fmt::format("{} connects to {}", name_, server.name()));
}

Wire::~Wire() {
  if (socket_ >= 0) ::close(socket_);
}

Wire::Wire(Wire&& other) noexcept
    : server_(other.server_),
      name_(std::move(other.name_)),
      socket_(std::exchange(other.socket_, -1)),
      port_(other.port_),
      sent_(other.sent_),
      taken_(other.taken_),
      buffer_(std::move(other.buffer_)) {}

void Wire::connect() {
  const sockaddr_in address = loopback(server_->port());
  Patience patience(*server_);
  std::optional<Patience::Over> over;
  // Asking again tells how a connection attempt that is under way has ended.
  while (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    if (errno == EISCONN) return;
    const std::string what = fmt::format("{} cannot connect to {}", name_, server_->name());
    if (errno != EINPROGRESS && errno != EALREADY) {
      const std::string refused = fmt::format("{}: {}", what, std::strerror(errno));
      if (server_->ended()) server_->give_up(Patience::Over::ended, refused);
      fail(refused);
    }
    if (over) server_->give_up(*over, what);
    over = patience.wait(socket_, POLLOUT);
  }
}

std::size_t Wire::push(std::string_view bytes) {
  const ssize_t size = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
  if (size >= 0) {
    sent_ += static_cast<std::uint64_t>(size);
    return static_cast<std::size_t>(size);
  }
  if (errno == EAGAIN || errno == EINTR) return 0;
  if (errno == EPIPE || errno == ECONNRESET) {
    surprised_by_end(Input::reset, fmt::format("{} wanted to send {}", name_, show(bytes)));
  }
  throw std::system_error(errno, std::generic_category(), "send");
}

void Wire::send_quietly(std::string_view bytes) {
  Patience patience(*server_);
  std::optional<Patience::Over> over;
  std::size_t sent = 0;
  while (sent < bytes.size()) {
    const std::size_t size = push(bytes.substr(sent));
    sent += size;
    if (size > 0) {
      patience.progress();
      over.reset();
      continue;
    }
    if (over) {
      server_->give_up(*over, fmt::format("{} wanted to send {} and could send only {}: the server "
                                          "reads no more",
                                          name_, count_of(bytes.size(), "byte"), sent));
    }
    over = patience.wait(socket_, POLLOUT);
  }
}

void Wire::send(std::string_view bytes) {
  tell(fmt::format("{} sends {}", name_, show(bytes)));
  send_quietly(bytes);
}

std::size_t Wire::send_until_full(std::string_view bytes) {
  Patience patience(*server_);
  std::size_t sent = 0;
  while (sent < bytes.size()) {
    const ssize_t size = ::send(socket_, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
    if (size > 0) {
      sent += static_cast<std::size_t>(size);
      patience.progress();
      continue;
    }
    if (errno != EAGAIN && errno != EINTR) break;  // the server ended the connection
    const auto over = patience.wait(socket_, POLLOUT);
    if (over == Patience::Over::idle) break;
    if (over) server_->give_up(*over, fmt::format("{} had sent {}", name_, sent));
  }
  sent_ += sent;
  tell(fmt::format("{} sends as much as it can: {} of {} bytes", name_, sent, bytes.size()));
  return sent;
}

void Wire::send_cut(std::string_view bytes, const std::vector<std::size_t>& cuts) {
  tell(fmt::format("{} sends {} in {}", name_, show(bytes), count_of(cuts.size() + 1, "piece")));
  std::size_t from = 0;
  for (const std::size_t cut : cuts) {
    send_quietly(bytes.substr(from, cut - from));
    wait_until_read();
    from = cut;
  }
  send_quietly(bytes.substr(from));
}

void Wire::send_in_pieces(std::string_view bytes, std::size_t size) {
  std::vector<std::size_t> cuts;
  for (std::size_t at = size; at < bytes.size(); at += size) cuts.push_back(at);
  send_cut(bytes, cuts);
}

std::string Wire::send_and_receive(std::string_view bytes, std::size_t count) {
  tell(fmt::format("{} sends {} and receives meanwhile", name_, show(bytes)));
  Patience patience(*server_);
  std::optional<Patience::Over> over;
  std::size_t sent = 0;
  while (sent < bytes.size() || buffer_.size() < count) {
    const std::size_t pushed = sent < bytes.size() ? push(bytes.substr(sent)) : 0;
    sent += pushed;
    const Input input = buffer_.size() < count ? take(count - buffer_.size()) : Input::nothing;
    if (pushed > 0 || input == Input::bytes) {
      patience.progress();
      over.reset();
      continue;
    }
    const std::string what = fmt::format("{} sent {} of {} bytes and received {} of {}", name_,
                                         sent, bytes.size(), buffer_.size(), count);
    if (input == Input::end || input == Input::reset) surprised_by_end(input, what);
    if (over) server_->give_up(*over, what);
    over = patience.wait(socket_, sent < bytes.size() ? POLLIN | POLLOUT : POLLIN);
  }
  return hand_out(count);
}

Wire::Input Wire::take(std::size_t most) {
  std::array<char, unlimited> chunk;
  const ssize_t size = ::recv(socket_, chunk.data(), std::min(most, chunk.size()), 0);
  if (size > 0) {
    buffer_.append(chunk.data(), static_cast<std::size_t>(size));
    taken_ += static_cast<std::uint64_t>(size);
    return Input::bytes;
  }
  if (size == 0) return Input::end;
  if (errno == EAGAIN || errno == EINTR) return Input::nothing;
  return Input::reset;
}

/// Receives at most `most` bytes at a time until there is enough, for one who waits for `what`.
void Wire::take_until(const std::string& what, std::size_t most,
                      const std::function<bool()>& enough) {
  Patience patience(*server_);
  std::optional<Patience::Over> over;
  while (!enough()) {
    const Input input = take(most - buffer_.size());
    if (input == Input::bytes) {
      patience.progress();
      over.reset();
      continue;
    }
    const std::string waited = fmt::format("{} waited for {}; {}", name_, what, what_came());
    if (input != Input::nothing) surprised_by_end(input, waited);
    if (over) server_->give_up(*over, waited);
    over = patience.wait(socket_, POLLIN);
  }
}

std::string Wire::what_came() const {
  if (buffer_.empty()) return "nothing came";
  return fmt::format("{} came: {}", count_of(buffer_.size(), "byte"), show(buffer_));
}

std::string Wire::hand_out(std::size_t count) {
  std::string bytes = buffer_.substr(0, count);
  buffer_.erase(0, count);
  tell(fmt::format("{} receives {}", name_, show(bytes)));
  return bytes;
}

std::string Wire::receive(std::size_t count) {
  take_until(count_of(count, "byte"), count, [&] { return buffer_.size() >= count; });
  return hand_out(count);
}

std::string Wire::receive_until(std::string_view delimiter) {
  std::size_t end = std::string::npos;
  take_until(fmt::format("bytes up to {}", show(delimiter)), std::string::npos, [&] {
    end = buffer_.find(delimiter);
    return end != std::string::npos;
  });
  return hand_out(end + delimiter.size());
}

void Wire::expect(std::string_view bytes) {
  const auto as_expected = [&] {
    const std::size_t size = std::min(buffer_.size(), bytes.size());
    return std::string_view(buffer_).substr(0, size) == bytes.substr(0, size);
  };
  take_until(show(bytes), bytes.size(),
             [&] { return buffer_.size() >= bytes.size() || !as_expected(); });
  if (!as_expected()) {
    fail(fmt::format("{} expected {}; {}", name_, show(bytes),
                     difference(buffer_, bytes.substr(0, buffer_.size()))));
  }
  hand_out(bytes.size());
}

void Wire::expect_silence() {
  server_->settle();
  const Input input = buffer_.empty() ? take(unlimited) : Input::bytes;
  switch (input) {
    case Input::nothing:
      return tell(fmt::format("{} hears nothing more", name_));
    case Input::bytes:
      fail(fmt::format("{} expected nothing to come; {}", name_, what_came()));
    default:
      surprised_by_end(input, fmt::format("{} expected nothing to happen", name_));
  }
}

void Wire::expect_close_after(std::string_view rest) {
  Patience patience(*server_);
  std::optional<Patience::Over> over;
  const auto wanted = [&] {
    return rest.empty() ? fmt::format("{} waited for the connection to close", name_)
                        : fmt::format("{} waited for {} and then for the connection to close",
                                      name_, show(rest));
  };
  for (;;) {
    const Input input = take(unlimited);
    if (input == Input::bytes) {
      patience.progress();
      over.reset();
      const std::string_view came = buffer_;
      if (came.size() <= rest.size() && came == rest.substr(0, came.size())) continue;
      fail(fmt::format("{}; {}", wanted(), difference(came, rest)));
    }
    if (input == Input::end && buffer_ == rest) break;
    if (input == Input::reset && rest.empty() && buffer_.empty()) break;
    if (input != Input::nothing) {
      surprised_by_end(input, fmt::format("{}; {}", wanted(), what_came()));
    }
    if (over) {
      server_->give_up(*over, fmt::format("{}; {}, and it stays open", wanted(), what_came()));
    }
    over = patience.wait(socket_, POLLIN);
  }
  if (!rest.empty()) hand_out(rest.size());
  if (const auto end = server_->ended()) server_->give_up(Patience::Over::ended, wanted());
  tell(fmt::format("{} sees the server close the connection", name_));
}

std::string Wire::receive_all() {
  Patience patience(*server_);
  std::optional<Patience::Over> over;
  for (;;) {
    const Input input = take(unlimited);
    if (input == Input::end || input == Input::reset) break;
    if (input == Input::bytes) {
      patience.progress();
      over.reset();
      continue;
    }
    if (over) {
      server_->give_up(*over, fmt::format("{} waited for the connection to close; {}, and it "
                                          "stays open",
                                          name_, what_came()));
    }
    over = patience.wait(socket_, POLLIN);
  }
  return hand_out(buffer_.size());
}

void Wire::shut_down_sending() {
  tell(fmt::format("{} shuts down its sending side", name_));
  ::shutdown(socket_, SHUT_WR);
  ++sent_;
}

void Wire::reset() {
  tell(fmt::format("{} resets the connection", name_));
  const linger at_once{.l_onoff = 1, .l_linger = 0};
  setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  ::close(std::exchange(socket_, -1));
}

void Wire::close() {
  tell(fmt::format("{} closes the connection", name_));
  ::close(std::exchange(socket_, -1));
}

void Wire::wait_until_read() {
  constexpr int quick_looks = 50;
  Patience patience(*server_);
  std::optional<Patience::Over> over;
  for (int look = 0;; ++look) {
    const auto end = find_tcp_end(server_->port(), port_);
    if (!end || (end->received >= sent_ && end->unread == 0)) return;
    if (look < quick_looks) {
      sched_yield();
      continue;
    }
    if (over) {
      server_->give_up(*over, fmt::format("{} waited for the server to read: {} left unread", name_,
                                          count_of(end->unread, "byte")));
    }
    over = patience.wait(-1, 0);
  }
}

std::size_t Wire::unread_by_server() const {
  const auto end = find_tcp_end(server_->port(), port_);
  return end ? end->unread : 0;
}

std::size_t Wire::written_by_server() const {
  const auto here = find_tcp_end(port_, server_->port());
  const auto there = find_tcp_end(server_->port(), port_);
  return taken_ + (here ? here->unread : 0) + (there ? there->unacknowledged : 0);
}

void Wire::surprised_by_end(Input how, const std::string& what) {
  // A process that is about to end may lose its connections first.
  Patience patience(*server_);
  std::optional<Patience::Over> over;
  while (!over) over = patience.wait(-1, 0);
  if (over == Patience::Over::ended) server_->give_up(*over, what);
  fail(fmt::format("{}; {} {} the connection", what, server_->name(),
                   how == Input::reset ? "reset" : "closed"));
}

}  // namespace octet::grading
