#include "runtime/tcp/frames.h"

#include <asio/buffer.hpp>
#include <asio/redirect_error.hpp>
#include <asio/use_awaitable.hpp>
#include <cstring>
#include <utility>

#include "runtime/check.h"

namespace octet::tcp {

asio::awaitable<std::optional<Bytes>> FrameReader::next() {
  do {
    if (auto frame = take()) co_return frame;
  } while (co_await read_more());
  co_return std::nullopt;
}

std::optional<Bytes> FrameReader::take() {
  const std::size_t left = arrived_.size() - taken_;
  std::uint32_t length = 0;
  if (left < sizeof(length)) return std::nullopt;
  std::memcpy(&length, arrived_.data() + taken_, sizeof(length));
  if (length > longest_frame) throw Undecodable("what came is no frame of a node");
  if (left < sizeof(length) + length) return std::nullopt;
  Bytes frame = arrived_.substr(taken_ + sizeof(length), length);
  taken_ += sizeof(length) + length;
  return frame;
}

/// All that has come is read at once, many frames maybe. False when the connection ended.
asio::awaitable<bool> FrameReader::read_more() {
  constexpr std::size_t most = 32U << 10;
  arrived_.erase(0, std::exchange(taken_, 0));
  const std::size_t before = arrived_.size();
  arrived_.resize(before + most);
  asio::error_code error;
  const std::size_t more =
      co_await socket_.async_read_some(asio::buffer(arrived_.data() + before, most),
                                       asio::redirect_error(asio::use_awaitable, error));
  arrived_.resize(before + more);
  co_return !error;
}

void append_frame(std::string& out, const Bytes& bytes) {
  OCTET_CHECK(bytes.size() <= longest_frame, "a message must fit into a frame");
  const auto length = static_cast<std::uint32_t>(bytes.size());
  out.append(reinterpret_cast<const char*>(&length), sizeof(length));
  out.append(bytes);
}

}  // namespace octet::tcp
