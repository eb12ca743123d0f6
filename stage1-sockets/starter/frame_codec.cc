#include "frame_codec.h"

#include "runtime/check.h"

namespace octet::sockets {

void append_frame(std::string& out, std::string_view payload) {
  YOUR_CODE_HERE;
}

FrameDecoder::FrameDecoder(std::uint32_t max_payload) {
  YOUR_CODE_HERE;
}

void FrameDecoder::feed(std::string_view bytes) {
  YOUR_CODE_HERE;
}

std::optional<std::string> FrameDecoder::next() {
  YOUR_CODE_HERE;
}

bool FrameDecoder::too_long() const {
  YOUR_CODE_HERE;
}

}  // namespace octet::sockets
