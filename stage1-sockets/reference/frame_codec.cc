#include "frame_codec.h"

#include <limits>
#include <stdexcept>

namespace octet::sockets {
namespace {

constexpr std::size_t header_size = 4;

std::uint32_t read_length(std::string_view header) {
  std::uint32_t length = 0;
  for (const char byte : header.substr(0, header_size)) {
    length = length << 8 | static_cast<unsigned char>(byte);
  }
  return length;
}

}  // namespace

void append_frame(std::string& out, std::string_view payload) {
  if (payload.size() > std::numeric_limits<std::uint32_t>::max()) {
    throw std::length_error("a payload of 4 GiB or more does not fit in a frame");
  }
  for (int shift = 24; shift >= 0; shift -= 8) {
    out.push_back(static_cast<char>(payload.size() >> shift & 0xff));
  }
  out.append(payload);
}

FrameDecoder::FrameDecoder(std::uint32_t max_payload) : max_payload_(max_payload) {}

void FrameDecoder::feed(std::string_view bytes) {
  if (too_long_) return;
  // Moving the rest to the front only when it is the smaller half keeps the work linear.
  if (taken_ > buffer_.size() / 2) {
    buffer_.erase(0, taken_);
    taken_ = 0;
  }
  buffer_.append(bytes);
}

std::optional<std::string> FrameDecoder::next() {
  const auto rest = std::string_view(buffer_).substr(taken_);
  if (rest.empty()) release();
  if (rest.size() < header_size) return std::nullopt;

  const std::uint32_t length = read_length(rest);
  if (length > max_payload_) {
    too_long_ = true;
    release();
    return std::nullopt;
  }
  if (rest.size() - header_size < length) return std::nullopt;

  taken_ += header_size + length;
  return std::string(rest.substr(header_size, length));
}

/// A connection that waits for its next frame holds no memory for it.
void FrameDecoder::release() {
  buffer_.clear();
  buffer_.shrink_to_fit();
  taken_ = 0;
}

bool FrameDecoder::too_long() const {
  return too_long_;
}

}  // namespace octet::sockets
