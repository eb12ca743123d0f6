#include "graders/dsl/net/wire.h"

#include <fmt/format.h>
#include <poll.h>
#include <sched.h>
#include <sys/socket.h>

#include <cerrno>
#include <system_error>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/net/bytes.h"
#include "graders/dsl/net/tcp_table.h"

/// What a wire sends, and what the server has read of it.
namespace octet::grading {

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
    if (size >= 0) {
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

}  // namespace octet::grading
