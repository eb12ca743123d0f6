#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// Frames to bytes and bytes to frames, as api/frames.h draws them. No sockets here.
namespace octet::sockets {

/// Appends one frame to `out`.
void append_frame(std::string& out, std::string_view payload);

/// Cuts frames out of a stream of bytes, wherever TCP cut it: feed() what a read gave, then take
/// frames with next() until there is none.
class FrameDecoder {
 public:
  explicit FrameDecoder(std::uint32_t max_payload);

  /// Adds the bytes that follow those fed before. Ignored once the stream is too_long().
  void feed(std::string_view bytes);

  /// The payload of the next complete frame, or nothing until more bytes are fed.
  std::optional<std::string> next();

  /// True when a frame announced more than the limit: everything after it is lost, so the
  /// connection has to end. Known as soon as the length has been read, before memory is taken.
  bool too_long() const;

 private:
  void release();

  std::string buffer_;
  std::size_t taken_ = 0;  // bytes of buffer_ that were handed out
  std::uint32_t max_payload_;
  bool too_long_ = false;
};

}  // namespace octet::sockets
