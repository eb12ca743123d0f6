#include "graders/stage1-sockets/frames.h"

#include <algorithm>

namespace octet::sockets {

std::string header(std::uint32_t length) {
  std::string bytes;
  for (const int shift : {24, 16, 8, 0}) bytes.push_back(static_cast<char>(length >> shift & 0xff));
  return bytes;
}

std::string frame(std::string_view payload) {
  return header(static_cast<std::uint32_t>(payload.size())) + std::string(payload);
}

std::string numbered_frame(std::size_t number, std::size_t payload_size) {
  constexpr std::size_t block_size = 1 << 10;
  std::string payload;
  payload.reserve(payload_size + block_size);
  while (payload.size() < payload_size) {
    std::string block = std::to_string(number) + ":" + std::to_string(payload.size());
    block.resize(std::min(block_size, payload_size - payload.size()), '.');
    payload += block;
  }
  return frame(payload);
}

std::string numbered_frames(std::size_t count, std::size_t payload_size) {
  std::string bytes;
  for (std::size_t i = 0; i < count; ++i) bytes += numbered_frame(i, payload_size);
  return bytes;
}

}  // namespace octet::sockets
