// Any bytes: the values that come out do not depend on the cuts, and survive a round trip.
#include "resp_codec.h"

#include <cstdint>
#include <vector>

#include "cuts.h"

namespace octet::sockets::fuzz {
namespace {

constexpr RespLimits limits = {
    .max_bulk = 40, .max_items = 8, .max_line = 24, .max_depth = 3, .max_value = 4096};

struct Decoded {
  std::vector<RespValue> values;
  std::optional<std::string> error;
  bool operator==(const Decoded&) const = default;
};

Decoded decode(std::string_view bytes, std::size_t longest_piece, RespDecoder::Inline lines) {
  RespDecoder decoder(limits, lines);
  Decoded result;
  feed_in_pieces(bytes, longest_piece, [&](std::string_view piece) {
    decoder.feed(piece);
    while (auto value = decoder.next()) result.values.push_back(std::move(*value));
  });
  result.error = decoder.error();
  return result;
}

void check(std::string_view bytes, RespDecoder::Inline lines) {
  const Decoded decoded = decode(bytes, 64, lines);
  require(decode(bytes, 1, lines) == decoded, "single bytes give other values");
  require(decode(bytes, 7, lines) == decoded, "small pieces give other values");

  std::string encoded;
  for (const RespValue& value : decoded.values) append_resp(encoded, value);
  const Decoded again = decode(encoded, 64, RespDecoder::Inline::refused);
  require(again.values == decoded.values && !again.error, "the round trip changes values");
}

}  // namespace
}  // namespace octet::sockets::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using octet::sockets::RespDecoder;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  octet::sockets::fuzz::check(bytes, RespDecoder::Inline::refused);
  octet::sockets::fuzz::check(bytes, RespDecoder::Inline::accepted);
  return 0;
}
