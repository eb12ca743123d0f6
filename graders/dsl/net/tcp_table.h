#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace octet::grading {

/// One end of a TCP connection on this machine, as its kernel sees it.
struct TcpEnd {
  std::uint16_t local_port = 0;
  std::uint16_t remote_port = 0;     // 0: a listener
  int state = 0;                     // TCP_ESTABLISHED, ... of netinet/tcp.h
  std::uint32_t unread = 0;          // bytes that arrived and no program has read yet;
                                     // of a listener: connections that wait for accept()
  std::uint32_t unacknowledged = 0;  // bytes sent that the other end has not confirmed;
                                     // of a listener: how many may wait for accept()
  std::uint64_t received = 0;        // bytes that ever arrived
};

/// All IPv4 ends of this machine except those that only wait for stray packets (TIME_WAIT). The
/// kernel goes through all places of a large table for that: half a millisecond.
std::vector<TcpEnd> tcp_table();

/// The end on 127.0.0.1 with these ports, if there is one; a listener never is. Microseconds.
std::optional<TcpEnd> find_tcp_end(std::uint16_t local_port, std::uint16_t remote_port);

/// The end that a socket of this process is, if it is one on 127.0.0.1 that is or was connected or
/// tries to be; a listener never is.
std::optional<TcpEnd> tcp_end_of(int socket);

/// True when something is under way in the kernel for this end: bytes that it sent or that were
/// sent to it and have not arrived, a handshake, a reset.
///
/// Bytes that arrived and wait to be read are not under way: whoever could read them was woken
/// when they came. Bytes that the sender holds back because the receiver has not read the ones
/// before are not either.
bool something_under_way(const TcpEnd& end);

}  // namespace octet::grading
