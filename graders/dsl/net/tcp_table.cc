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
          .received = bytes_received(message, found),
          .inode = found.idiag_inode};
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

const TcpEnd* other_end(const TcpEnd& end, const std::vector<TcpEnd>& table) {
  const auto found = std::find_if(table.begin(), table.end(), [&](const TcpEnd& other) {
    return other.local_port == end.remote_port && other.remote_port == end.local_port;
  });
  return found == table.end() ? nullptr : &*found;
}

const TcpEnd* listener(std::uint16_t port, const std::vector<TcpEnd>& table) {
  const auto found = std::find_if(table.begin(), table.end(), [&](const TcpEnd& other) {
    return other.state == listening && other.local_port == port;
  });
  return found == table.end() ? nullptr : &*found;
}

/// A handshake waits for the program, not for the kernel, when nobody accepts.
bool waits_for_accept(std::uint16_t port, const std::vector<TcpEnd>& table) {
  const TcpEnd* at = listener(port, table);
  return at && at->unread > 0;
}

bool bytes_travel(const TcpEnd& from, const TcpEnd& to) {
  return from.unacknowledged > 0 && to.unread == 0;
}

}  // namespace

std::vector<TcpEnd> tcp_table() {
  std::vector<TcpEnd> ends;
  ask(question(NLM_F_DUMP), [&](const TcpEnd& end) { ends.push_back(end); });
  return ends;
}

std::optional<TcpEnd> find_tcp_end(std::uint16_t local_port, std::uint16_t remote_port) {
  Request request = question(0);
  inet_diag_sockid& id = request.body.id;
  id.idiag_sport = htons(local_port);
  id.idiag_dport = htons(remote_port);
  id.idiag_src[0] = id.idiag_dst[0] = htonl(INADDR_LOOPBACK);
  id.idiag_cookie[0] = id.idiag_cookie[1] = INET_DIAG_NOCOOKIE;
  std::optional<TcpEnd> found;
  // Where no connection matches the kernel answers with the listener of the port.
  ask(request, [&](const TcpEnd& end) {
    if (end.state != listening) found = end;
  });
  return found;
}

bool something_under_way(const TcpEnd& end, const std::vector<TcpEnd>& table) {
  if (end.state == listening) return false;
  if (end.state == syn_sent) return !waits_for_accept(end.remote_port, table);
  if (end.state == syn_received) return !waits_for_accept(end.local_port, table);
  const TcpEnd* other = other_end(end, table);
  if (other) return bytes_travel(end, *other) || bytes_travel(*other, end);
  // The other end is gone without a goodbye: its reset is on the way.
  return !find_tcp_end(end.remote_port, end.local_port);
}

}  // namespace octet::grading
