// Any bytes: the values that come out do not depend on the cuts, and survive a round trip.
#include "resp_codec.h"

#include <cstdint>
#include <utility>
#include <vector>

#include "cuts.h"

namespace octet::sockets::fuzz {
namespace {

constexpr RespLimits limits = {
    .max_bulk = 40, .max_items = 16, .max_line = 24, .max_depth = 3, .max_value = 4096};

template <class Value>
struct Decoded {
  std::vector<Value> values;
  std::optional<std::string> error;
  bool operator==(const Decoded&) const = default;
};

using Command = std::vector<std::string>;

RespValue to_value(const RespValue& value) {
  return value;
}

RespValue to_value(const Command& command) {
  RespValue value = RespValue::make_array({});
  for (const std::string& word : command) value.items.push_back(RespValue::make_bulk(word));
  return value;
}

RespValue own(RespValue&& value) {
  return std::move(value);
}

Command own(std::span<const std::string_view> words) {
  return {words.begin(), words.end()};
}

template <class Decoder>
auto decode(std::string_view bytes, std::size_t longest_piece) {
  Decoder decoder(limits);
  Decoded<decltype(own(*decoder.next()))> result;
  feed_in_pieces(bytes, longest_piece, [&](std::string_view piece) {
    decoder.feed(piece);
    while (auto value = decoder.next()) result.values.push_back(own(std::move(*value)));
  });
  result.error = decoder.error();
  return result;
}

template <class Decoder>
void check(std::string_view bytes) {
  const auto decoded = decode<Decoder>(bytes, 64);
  require(decode<Decoder>(bytes, 1) == decoded, "single bytes give other values");
  require(decode<Decoder>(bytes, 7) == decoded, "small pieces give other values");

  std::string encoded;
  std::vector<RespValue> values;
  for (const auto& value : decoded.values) {
    values.push_back(to_value(value));
    append_resp(encoded, values.back());
  }
  const auto again = decode<RespDecoder>(encoded, 64);
  require(again.values == values && !again.error, "the round trip changes values");
}

}  // namespace
}  // namespace octet::sockets::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  octet::sockets::fuzz::check<octet::sockets::RespDecoder>(bytes);
  octet::sockets::fuzz::check<octet::sockets::CommandDecoder>(bytes);
  return 0;
}
