#include "graders/dsl/net/tcp_table.h"

#include <arpa/inet.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/sock_diag.h>
#include <linux/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
#include <cstring>
#include <functional>
#include <system_error>

namespace octet::grading {
namespace {

// The kernel's numbers; <netinet/tcp.h> has them too but cannot be included beside <linux/tcp.h>.
enum State { syn_sent = 2, syn_received = 3, time_wait = 6, listening = 10 };

struct Request {
  nlmsghdr header = {};
  inet_diag_req_v2 body = {};
};

/// A question to the kernel about its TCP sockets (sock_diag(7), as ss(8) asks).
Request question(std::uint16_t flags) {
  Request request;
  request.header.nlmsg_len = sizeof request;
  request.header.nlmsg_type = SOCK_DIAG_BY_FAMILY;
  request.header.nlmsg_flags = static_cast<std::uint16_t>(NLM_F_REQUEST | flags);
  request.body.sdiag_family = AF_INET;
  request.body.sdiag_protocol = IPPROTO_TCP;
  request.body.idiag_ext = 1 << (INET_DIAG_INFO - 1);
  request.body.idiag_states = ~(1U << time_wait);
  return request;
}

std::uint64_t bytes_received(const nlmsghdr& message, const inet_diag_msg& found) {
  auto* attribute = reinterpret_cast<const rtattr*>(&found + 1);
  auto left = static_cast<int>(message.nlmsg_len - NLMSG_LENGTH(sizeof found));
  for (; RTA_OK(attribute, left); attribute = RTA_NEXT(attribute, left)) {
    if (attribute->rta_type != INET_DIAG_INFO) continue;
    if (RTA_PAYLOAD(attribute) < offsetof(tcp_info, tcpi_bytes_received) + 8) return 0;
    std::uint64_t bytes = 0;
    std::memcpy(
        &bytes,
        static_cast<const char*>(RTA_DATA(attribute)) + offsetof(tcp_info, tcpi_bytes_received),
        sizeof bytes);
    return bytes;
  }
  return 0;
}

TcpEnd parse(const nlmsghdr& message) {
  const auto& found = *static_cast<const inet_diag_msg*>(NLMSG_DATA(&message));
  return {.local_port = ntohs(found.id.idiag_sport),
          .remote_port = ntohs(found.id.idiag_dport),
          .state = found.idiag_state,
          .unread = found.idiag_rqueue,
          .unacknowledged = found.idiag_wqueue,
          .received = bytes_received(message, found)};
}

/// The one netlink socket of this process; a fork must not share its answers.
int kernel() {
  static pid_t owner = 0;
  static int descriptor = -1;
  if (owner != getpid()) {
    owner = getpid();
    descriptor = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_SOCK_DIAG);
  }
  if (descriptor < 0) throw std::system_error(errno, std::generic_category(), "sock_diag");
  return descriptor;
}

/// Asks, and hands each TCP end of the answer to `use`. False when the kernel knows none.
bool ask(const Request& request, const std::function<void(const TcpEnd&)>& use) {
  if (send(kernel(), &request, sizeof request, 0) < 0) {
    throw std::system_error(errno, std::generic_category(), "sock_diag: send");
  }
  const bool many = (request.header.nlmsg_flags & NLM_F_DUMP) != 0;
  alignas(nlmsghdr) static std::array<char, 64 << 10> buffer;
  for (;;) {
    const ssize_t size = recv(kernel(), buffer.data(), buffer.size(), 0);
    if (size < 0) throw std::system_error(errno, std::generic_category(), "sock_diag: recv");
    auto left = static_cast<unsigned>(size);
    for (auto* message = reinterpret_cast<const nlmsghdr*>(buffer.data()); NLMSG_OK(message, left);
         message = NLMSG_NEXT(message, left)) {
      if (message->nlmsg_type == NLMSG_DONE) return true;
      if (message->nlmsg_type == NLMSG_ERROR) return false;
      use(parse(*message));
      if (!many) return true;
    }
  }
}

/// The end on 127.0.0.1 with these ports; where there is none the kernel answers with the listener
/// of the local port.
std::optional<TcpEnd> find(std::uint16_t local_port, std::uint16_t remote_port) {
  Request request = question(0);
  inet_diag_sockid& id = request.body.id;
  id.idiag_sport = htons(local_port);
  id.idiag_dport = htons(remote_port);
  id.idiag_src[0] = id.idiag_dst[0] = htonl(INADDR_LOOPBACK);
  id.idiag_cookie[0] = id.idiag_cookie[1] = INET_DIAG_NOCOOKIE;
  std::optional<TcpEnd> found;
  ask(request, [&](const TcpEnd& end) { found = end; });
  return found;
}

/// A handshake waits for the program, not for the kernel, when nobody accepts.
bool waits_for_accept(std::uint16_t port) {
  const auto at = find(port, 0);
  return at && at->state == listening && at->unread > 0;
}

bool bytes_travel(const TcpEnd& from, const TcpEnd& to) {
  return from.unacknowledged > 0 && to.unread == 0;
}

/// The port that getsockname or getpeername tells; 0 when there is none.
std::uint16_t port_of(int socket, int (*name)(int, sockaddr*, socklen_t*)) {
  sockaddr_in address = {};
  socklen_t size = sizeof address;
  if (name(socket, reinterpret_cast<sockaddr*>(&address), &size) != 0) return 0;
  return address.sin_family == AF_INET ? ntohs(address.sin_port) : std::uint16_t{0};
}

int state_of(int socket) {
  tcp_info info = {};
  socklen_t size = sizeof info;
  getsockopt(socket, IPPROTO_TCP, TCP_INFO, &info, &size);
  return info.tcpi_state;
}

}  // namespace

std::vector<TcpEnd> tcp_table() {
  std::vector<TcpEnd> ends;
  ask(question(NLM_F_DUMP), [&](const TcpEnd& end) { ends.push_back(end); });
  return ends;
}

std::optional<TcpEnd> find_tcp_end(std::uint16_t local_port, std::uint16_t remote_port) {
  const auto found = find(local_port, remote_port);
  return found && found->state != listening ? found : std::nullopt;
}

std::optional<TcpEnd> tcp_end_of(int socket) {
  const std::uint16_t local_port = port_of(socket, &getsockname);
  if (local_port == 0) return std::nullopt;
  const std::uint16_t remote_port = port_of(socket, &getpeername);
  if (remote_port != 0) return find_tcp_end(local_port, remote_port);
  // Whoever still tries to connect is not told where to.
  if (state_of(socket) != syn_sent) return std::nullopt;
  const std::vector<TcpEnd> table = tcp_table();
  const auto found = std::find_if(table.begin(), table.end(), [&](const TcpEnd& end) {
    return end.state == syn_sent && end.local_port == local_port;
  });
  return found == table.end() ? std::nullopt : std::optional(*found);
}

bool something_under_way(const TcpEnd& end) {
  if (end.state == listening) return false;
  if (end.state == syn_sent) return !waits_for_accept(end.remote_port);
  if (end.state == syn_received) return !waits_for_accept(end.local_port);
  const auto other = find_tcp_end(end.remote_port, end.local_port);
  // The other end is gone without a goodbye: its reset is on the way.
  return !other || bytes_travel(end, *other) || bytes_travel(*other, end);
}

}  // namespace octet::grading
