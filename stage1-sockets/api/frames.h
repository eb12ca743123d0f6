#pragma once

#include <cstdint>

/// Frames: how messages are cut out of a TCP stream.
///
///     +---------------------------+-----------------------+
///     | length: 4 bytes, unsigned | payload: length bytes |
///     | most significant first    |                       |
///     +---------------------------+-----------------------+
///
/// A payload may be empty. A length above the limit ends the connection that sent it.
namespace octet::sockets {

inline constexpr std::uint32_t default_max_payload = 1 << 20;  // bytes

struct EchoConfig {
  std::uint32_t max_payload = default_max_payload;  // bytes; a longer frame ends its connection
};

}  // namespace octet::sockets
