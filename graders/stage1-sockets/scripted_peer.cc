#include "graders/stage1-sockets/scripted_peer.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/net/tcp_table.h"

namespace octet::grading {
namespace {

constexpr int state_syn_sent = 2;  // of TcpEnd
constexpr std::size_t header_bytes = 4;
constexpr std::size_t number_bytes = 8;
constexpr std::size_t longest_payload = 16 << 20;

[[noreturn]] void system_failed(const char* what) {
  throw std::system_error(errno, std::generic_category(), what);
}

sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(port);
  return address;
}

int new_socket() {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (socket < 0) system_failed("socket");
  return socket;
}

std::uint16_t local_port(int socket) {
  sockaddr_in address = {};
  socklen_t size = sizeof address;
  if (getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
    system_failed("getsockname");
  }
  return ntohs(address.sin_port);
}

std::uint64_t big_endian(std::string_view bytes) {
  std::uint64_t value = 0;
  for (const char byte : bytes) value = value << 8 | static_cast<unsigned char>(byte);
  return value;
}

void append_big_endian(std::string& out, std::uint64_t value, std::size_t bytes) {
  for (std::size_t i = bytes; i-- > 0;) out += static_cast<char>(value >> (8 * i));
}

std::string shown(const std::string& body) {
  return body.size() <= 40 ? '"' + body + '"' : "a body of " + std::to_string(body.size());
}

}  // namespace

std::string frame(std::string_view payload) {
  std::string out;
  append_big_endian(out, payload.size(), header_bytes);
  return out.append(payload);
}

std::string numbered(std::uint64_t number, std::string_view body) {
  std::string out;
  append_big_endian(out, number, number_bytes);
  return out.append(body);
}

ScriptedPeer::ScriptedPeer(int backlog) {
  listen(backlog);
}

ScriptedPeer::~ScriptedPeer() {
  for (const Connection& connection : connections_) {
    if (connection.socket >= 0) ::close(connection.socket);
  }
  for (const int filler : fillers_) ::close(filler);
  if (listener_ >= 0) ::close(listener_);
}

sockets::Endpoint ScriptedPeer::endpoint() const {
  return {asio::ip::address_v4::loopback(), port_};
}

void ScriptedPeer::listen(int backlog) {
  listener_ = new_socket();
  const int on = 1;
  setsockopt(listener_, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  const sockaddr_in address = loopback(port_);
  if (bind(listener_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    system_failed("bind");
  }
  if (::listen(listener_, backlog) != 0) system_failed("listen");
  port_ = local_port(listener_);
}

void ScriptedPeer::stop_listening() {
  tell("the server refuses connections");
  ::close(std::exchange(listener_, -1));
}

void ScriptedPeer::listen_again() {
  tell("the server accepts connections again");
  listen(16);
}

void ScriptedPeer::ignore_attempts() {
  tell("the server's queue is full: attempts to connect get no answer");
  ignores_ = true;
  const sockaddr_in address = loopback(port_);
  while (attempts_under_way() == 0) {
    fillers_.push_back(new_socket());
    const auto* const to = reinterpret_cast<const sockaddr*>(&address);
    if (connect(fillers_.back(), to, sizeof address) != 0 && errno != EINPROGRESS) {
      system_failed("connect");
    }
    pollfd established = {.fd = fillers_.back(), .events = POLLOUT, .revents = 0};
    constexpr int long_for_loopback_ms = 50;
    poll(&established, 1, long_for_loopback_ms);
  }
  ::close(fillers_.back());
  fillers_.pop_back();
}

std::size_t ScriptedPeer::attempts_under_way() const {
  const std::vector<TcpEnd> table = tcp_table();
  return static_cast<std::size_t>(
      std::count_if(table.begin(), table.end(), [this](const TcpEnd& end) {
        return end.remote_port == port_ && end.state == state_syn_sent;
      }));
}

void ScriptedPeer::stop_reading() {
  tell("the server reads no more");
  reads_ = false;
}

void ScriptedPeer::read_again() {
  tell("the server reads again");
  reads_ = true;
}

bool ScriptedPeer::look() {
  bool something = !ignores_ && listener_ >= 0 && accept_all();
  for (std::size_t i = 0; i < connections_.size(); ++i) {
    if (!is_open(i)) continue;
    something |= write_all(connections_[i]);
    if (reads_) something |= read_all(i);
  }
  return something;
}

bool ScriptedPeer::accept_all() {
  bool something = false;
  for (;;) {
    const int socket = accept4(listener_, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (socket < 0) return something;
    connections_.push_back({.socket = socket});
    tell("the server accepts connection " + std::to_string(newest()));
    something = true;
  }
}

bool ScriptedPeer::read_all(std::size_t index) {
  bool something = false;
  static char buffer[64 << 10];
  for (;;) {
    const ssize_t count = recv(connections_[index].socket, buffer, sizeof buffer, 0);
    if (count < 0 && errno == EAGAIN) break;
    something = true;
    if (count > 0) {
      connections_[index].received.append(buffer, static_cast<std::size_t>(count));
      continue;
    }
    tell("the client ends connection " + std::to_string(index));
    take_frames(index);
    end(index);
    return true;
  }
  take_frames(index);
  return something;
}

void ScriptedPeer::take_frames(std::size_t index) {
  std::string& bytes = connections_[index].received;
  while (bytes.size() >= header_bytes) {
    const std::uint64_t length = big_endian(std::string_view(bytes).substr(0, header_bytes));
    if (length < number_bytes || length > longest_payload) {
      fail("the client sends a frame of " + std::to_string(length) + " bytes");
    }
    if (bytes.size() < header_bytes + length) return;
    const std::string payload = bytes.substr(header_bytes, length);
    bytes.erase(0, header_bytes + length);
    requests_.push_back({.connection = index,
                         .number = big_endian(std::string_view(payload).substr(0, number_bytes)),
                         .body = payload.substr(number_bytes)});
    const Request& request = requests_.back();
    tell("the server receives request " + std::to_string(request.number) + " on connection " +
         std::to_string(index) + ": " + shown(request.body));
    if (++times_received_[request.body] > 1 && !request.body.empty()) {
      fail("the server has received the request " + shown(request.body) +
           " a second time: what it does was done twice");
    }
  }
}

bool ScriptedPeer::write_all(Connection& connection) {
  bool something = false;
  while (!connection.unsent.empty()) {
    const ssize_t count =
        ::send(connection.socket, connection.unsent.data(), connection.unsent.size(), MSG_NOSIGNAL);
    if (count <= 0) return something;
    connection.unsent.erase(0, static_cast<std::size_t>(count));
    something = true;
  }
  return something;
}

void ScriptedPeer::end(std::size_t connection) {
  ::close(std::exchange(connections_[connection].socket, -1));
}

void ScriptedPeer::expect_one_connection() const {
  if (!reads_) return;  // it may have ended one that is open here
  const auto open = std::count_if(connections_.begin(), connections_.end(),
                                  [](const Connection& one) { return one.socket >= 0; });
  if (open > 1) {
    fail("the client has " + std::to_string(open) + " connections at the same time");
  }
}

std::vector<ScriptedPeer::Request> ScriptedPeer::take_requests() {
  return std::exchange(requests_, {});
}

void ScriptedPeer::reply(const Request& to, std::string_view body) {
  reply(to.connection, to.number, body);
}

void ScriptedPeer::reply(std::size_t connection, std::uint64_t number, std::string_view body) {
  tell("the server replies to request " + std::to_string(number) + " on connection " +
       std::to_string(connection) + ": " + shown(std::string(body)));
  send(connection, frame(numbered(number, body)));
}

void ScriptedPeer::send(std::size_t connection, std::string bytes) {
  if (!is_open(connection)) return tell("... which the client has ended already");
  connections_[connection].unsent += bytes;
  write_all(connections_[connection]);
}

void ScriptedPeer::close(std::size_t connection) {
  if (!is_open(connection)) return;
  tell("the server closes connection " + std::to_string(connection));
  end(connection);
}

void ScriptedPeer::shut_down_sending(std::size_t connection) {
  if (!is_open(connection)) return;
  tell("the server sends no more on connection " + std::to_string(connection));
  shutdown(connections_[connection].socket, SHUT_WR);
}

void ScriptedPeer::reset(std::size_t connection) {
  if (!is_open(connection)) return;
  tell("the server resets connection " + std::to_string(connection));
  const linger abort = {.l_onoff = 1, .l_linger = 0};
  setsockopt(connections_[connection].socket, SOL_SOCKET, SO_LINGER, &abort, sizeof abort);
  end(connection);
}

}  // namespace octet::grading
