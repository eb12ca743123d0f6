#pragma once

#include <asio/awaitable.hpp>
#include <asio/ip/tcp.hpp>
#include <cstdint>
#include <optional>
#include <string>

#include "runtime/erase/bytes.h"

/// How bytes travel between the processes of a cluster: each message is a frame, its length in four
/// bytes (least significant first) and then its bytes. The first frame of a connection is a Hello.
namespace octet::tcp {

constexpr std::uint32_t longest_frame = 64U << 20;  // bytes

/// Who speaks, and what. A connection that begins with anything else is closed.
struct Hello {
  std::string magic = "octet 1";
  std::string protocol = {};
  NodeId from = 0;
};

/// The frames that come on a connection, which outlives this.
class FrameReader {
 public:
  explicit FrameReader(asio::ip::tcp::socket& socket) : socket_(socket) {}

  /// Nothing when the connection ended. Throws Undecodable when a frame is announced that is too
  /// long. Takes memory as bytes arrive, not as they are announced.
  asio::awaitable<std::optional<Bytes>> next();

 private:
  std::optional<Bytes> take();
  asio::awaitable<bool> read_more();

  asio::ip::tcp::socket& socket_;
  Bytes arrived_;
  std::size_t taken_ = 0;  // bytes of what has arrived
};

/// Throws what is too long (a programmer's error: no message of ours is).
void append_frame(std::string& out, const Bytes& bytes);

}  // namespace octet::tcp
