#include "graders/dsl/net/wire.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

#include "graders/dsl/graded_test.h"

namespace octet::grading {
namespace {

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
