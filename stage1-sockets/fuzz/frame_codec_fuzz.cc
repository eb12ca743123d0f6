// Any bytes: the frames that come out, encoded again, are what went in, however it was cut.
#include "frame_codec.h"

#include <cstdint>
#include <vector>

#include "cuts.h"

namespace octet::sockets::fuzz {
namespace {

constexpr std::uint32_t max_payload = 40;

struct Decoded {
  std::vector<std::string> payloads;
  bool too_long = false;
  bool operator==(const Decoded&) const = default;
};

Decoded decode(std::string_view bytes, std::size_t longest_piece) {
  FrameDecoder decoder(max_payload);
  Decoded result;
  feed_in_pieces(bytes, longest_piece, [&](std::string_view piece) {
    decoder.feed(piece);
    while (auto payload = decoder.next()) result.payloads.push_back(std::move(*payload));
  });
  result.too_long = decoder.too_long();
  return result;
}

/// True when no complete frame starts here.
bool is_unfinished(std::string_view rest, bool too_long) {
  if (rest.size() < 4) return !too_long;
  std::uint64_t length = 0;
  for (int i = 0; i < 4; ++i) length = length * 256 + static_cast<unsigned char>(rest[i]);
  return too_long ? length > max_payload : length <= max_payload && rest.size() - 4 < length;
}

void check(std::string_view bytes) {
  const Decoded decoded = decode(bytes, 64);
  std::string encoded;
  for (const std::string& payload : decoded.payloads) append_frame(encoded, payload);
  require(bytes.substr(0, encoded.size()) == encoded, "the frames are not those of the stream");
  require(is_unfinished(bytes.substr(encoded.size()), decoded.too_long),
          "decoding stopped too early");
  require(decode(bytes, 1) == decoded, "single bytes give other frames");
  require(decode(bytes, 7) == decoded, "small pieces give other frames");
}

}  // namespace
}  // namespace octet::sockets::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  octet::sockets::fuzz::check({reinterpret_cast<const char*>(data), size});
  return 0;
}
