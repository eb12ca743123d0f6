#include "runtime/tcp/frames.h"

#include <algorithm>
#include <asio/buffer.hpp>
#include <asio/read.hpp>
#include <asio/redirect_error.hpp>
#include <asio/use_awaitable.hpp>
#include <cstring>

#include "runtime/check.h"

namespace octet::tcp {

asio::awaitable<std::optional<Bytes>> read_frame(asio::ip::tcp::socket& socket) {
  asio::error_code error;
  std::uint32_t length = 0;
  co_await asio::async_read(socket, asio::buffer(&length, sizeof(length)),
                            asio::redirect_error(asio::use_awaitable, error));
  if (error) co_return std::nullopt;
  if (length > longest_frame) throw Undecodable("what came is no frame of a node");

  constexpr std::size_t piece = 64U << 10;
  Bytes bytes;
  while (bytes.size() < length) {
    const std::size_t before = bytes.size();
    bytes.resize(std::min<std::size_t>(length, before + piece));
    co_await asio::async_read(socket, asio::buffer(bytes.data() + before, bytes.size() - before),
                              asio::redirect_error(asio::use_awaitable, error));
    if (error) co_return std::nullopt;
  }
  co_return bytes;
}

void append_frame(std::string& out, const Bytes& bytes) {
  OCTET_CHECK(bytes.size() <= longest_frame, "a message must fit into a frame");
  const auto length = static_cast<std::uint32_t>(bytes.size());
  out.append(reinterpret_cast<const char*>(&length), sizeof(length));
  out.append(bytes);
}

}  // namespace octet::tcp
