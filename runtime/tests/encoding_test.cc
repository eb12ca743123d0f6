#include <gtest/gtest.h>

#include <limits>
#include <map>
#include <optional>
#include <set>

#include "runtime/erase/bytes.h"

namespace octet {
namespace {

struct Nothing {
  bool operator==(const Nothing&) const = default;
};
struct Small {
  std::int32_t number = 0;
  std::string text;
  bool operator==(const Small&) const = default;
};
struct Large {
  NodeId who;
  bool yes = false;
  std::optional<Small> maybe;
  std::vector<Nothing> nothings;
  std::map<std::string, std::set<NodeId>> sets;
  std::array<Small, 2> pair;
  Duration after{};
  std::variant<Nothing, Small> either;
  std::vector<std::uint64_t> numbers;
  bool operator==(const Large&) const = default;
};
using Any = std::variant<Small, Large>;

Large large() {
  return {.who = 7,
          .yes = true,
          .maybe = Small{-1, std::string("\0\xff", 2)},
          .nothings = {3, Nothing()},
          .sets = {{"", {}}, {"b", {2, 1}}},
          .pair = {{{1, "one"}, {2, "two"}}},
          .after = std::chrono::seconds(3),
          .either = Small{std::numeric_limits<std::int32_t>::min(), "m"},
          .numbers = {std::numeric_limits<std::uint64_t>::max()}};
}

TEST(Encoding, EveryFieldComesBack) {
  for (const Any& value : {Any(Small{5, "five"}), Any(large()), Any(Large())}) {
    Any decoded;
    decode(encode(value), decoded);
    EXPECT_EQ(decoded, value);
  }
}

TEST(Encoding, EqualValuesHaveEqualBytes) {
  EXPECT_EQ(encode(Any(large())), encode(Any(large())));
  EXPECT_EQ(encode(Small{0x01020304, "ab"}), std::string("\x04\x03\x02\x01\x02\0\0\0ab", 10));
}

TEST(Encoding, WhatEndsTooEarlyIsRefused) {
  const Bytes whole = encode(Any(large()));
  for (std::size_t length = 0; length < whole.size(); ++length) {
    Any decoded;
    EXPECT_THROW(decode(whole.substr(0, length), decoded), Undecodable) << length << " bytes";
  }
  Any decoded;
  EXPECT_THROW(decode(whole + 'x', decoded), Undecodable);
}

TEST(Encoding, ChangedBytesAreAValueOrRefused) {
  const Bytes whole = encode(Any(large()));
  for (std::size_t at = 0; at < whole.size(); ++at) {
    for (const char wrong : {'\x00', '\x01', '\x7f', '\x80', '\xff'}) {
      Bytes bytes = whole;
      bytes[at] = wrong;
      Any decoded;
      try {
        decode(bytes, decoded);
        Any again;
        decode(encode(decoded), again);
        EXPECT_EQ(again, decoded) << "byte " << at;
      } catch (const Undecodable& error) {
        EXPECT_STRNE(error.what(), "");
      }
    }
  }
}

TEST(Encoding, AHostileSizeTakesNoMemory) {
  std::vector<std::uint64_t> numbers;
  EXPECT_THROW(decode(std::string("\xff\xff\xff\xff____", 8), numbers), Undecodable);
  EXPECT_LT(numbers.capacity(), 100U);
}

}  // namespace
}  // namespace octet
