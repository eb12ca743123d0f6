#include <fmt/format.h>

#include <cstdint>
#include <new>
#include <string>
#include <utility>
#include <vector>

#include "graders/dsl/allocation_watch.h"
#include "graders/dsl/graded_test.h"
#include "graders/dsl/random.h"
#include "graders/stage2-clocks-rpc/field_codec.h"
#include "graders/stage2-clocks-rpc/orders.h"

/// Bytes from somebody who means no good, or from a broken disk (Z2, Z3).
namespace octet::grading {
namespace {

using fields::decode;
using fields::encode;
using fields::Kind;
using fields::max_depth;

using namespace std::string_literals;

struct Malformed {
  const char* bytes;
  const char* why;
};

constexpr Malformed malformed[] = {
    {"00 00", "for bytes follow its end"},
    {"04 01 00 04 01 00", "for bytes follow its end"},
    {"01 00 00", "for its tag is 0"},
    {"02 00 00", "for its tag is 0"},
    {"80 00", "for its end has a byte that could be left out"},
    {"84 00 07 00", "for its key has a byte that could be left out"},
    {"04 80 00 00", "for its number has a byte that could be left out"},
    {"04 AC 82 00 00", "for its number has a byte that could be left out"},
    {"04 FF FF FF FF FF FF FF FF 7F 00 00", "for bytes follow its end"},
    {"04 80 80 80 80 80 80 80 80 80 00 00", "for its number has a byte that could be left out"},
    {"04 FF FF FF FF FF FF FF FF FF 02 00", "for its number has more than 64 bits"},
    {"04 FF FF FF FF FF FF FF FF FF 7F 00", "for its number has more than 64 bits"},
    {"04 80 80 80 80 80 80 80 80 80 80 01 00", "for its number has more than ten bytes"},
    {"04 81 80 80 80 80 80 80 80 80 80 80 80 00", "for its number has more than ten bytes"},
    {"05 81 00 61 00", "for its length has a byte that could be left out"},
    {"06 81 00 01 00", "for its count has a byte that could be left out"},
    {"06 01 81 00 00", "for a number in it has a byte that could be left out"},
    {"07 81 00 01 61 00", "for its count has a byte that could be left out"},
    {"07 01 81 00 61 00", "for a length in it has a byte that could be left out"},
    {"04 01 04 01 00", "for a tag comes twice"},
    {"04 01 05 00 00", "for a tag comes twice"},
    {"08 01 04 01 00", "for a tag follows a larger one"},
    {"08 01 0C 01 04 01 00", "for a tag follows a larger one"},
    {"80 80 80 80 10 01 00", "for its tag is too large"},
    {"84 80 80 80 10 01 00", "for its tag is too large, in its 33rd bit"},
    {"FC FF FF FF FF FF FF FF FF 01 01 00", "for its tag is too large"},
};

/// Bytes as they come from a broken disk: some are others, some are missing, some come twice.
std::string damaged(Random& random, std::string bytes) {
  for (std::uint64_t i = random.below(3); i > 0 && !bytes.empty(); --i) {
    const std::size_t place = random.below(bytes.size());
    const std::uint64_t how = random.below(4);
    if (how == 0) bytes.erase(place, 1 + random.below(3));
    if (how == 1) bytes.insert(place, bytes.substr(random.below(bytes.size()), 4));
    if (how >= 2) bytes[place] = static_cast<char>(random.below(how == 2 ? 8 : 256));
  }
  return bytes;
}

GRADED_TEST(Fields, OnlyOneFormIsRead, 1,
            "the reader refuses every form of a message but the one that a writer gives it (Z3)") {
  for (const auto& [bytes, why] : malformed) expect_malformed(from_hex(bytes), why);
  tell("a field of another kind than the one that is asked for");
  EXPECT_FALSE(found(from_hex("04 01 00"), {{1, Kind::bytes}}).well_formed);
  EXPECT_FALSE(found(from_hex("05 00 00"), {{1, Kind::blocks}}).well_formed);
  EXPECT_FALSE(found(from_hex("06 00 00"), {{1, Kind::number}}).well_formed);
  tell("random messages, of which bytes were changed, lost and doubled");
  Random random(seed(), "damaged fields");
  int well_formed = 0;
  for (int i = 0; i < 2000; ++i) {
    const std::string bytes = damaged(random, bytes_of(random_fields(random)));
    const auto meaning = parse(bytes);
    if (!meaning) {
      expect_malformed(bytes, "as the format has it");
      continue;
    }
    ++well_formed;
    const Found got = found(bytes, *meaning);
    if (!found(bytes, {}).well_formed) {
      fail(fmt::format("{}\nis {}, but a reader that passes over all of it finds it malformed",
                       hex(bytes), text(*meaning)));
    }
    if (got.fields != *meaning || !got.well_formed) {
      fail(fmt::format("{}\nshould be read as {}\n           but is {}{}", hex(bytes),
                       text(*meaning), text(got.fields), got.well_formed ? "" : ", malformed"));
    }
    ASSERT_EQ(written(*meaning), bytes) << "is read, and then written as something else";
  }
  EXPECT_GT(well_formed, 200);
  EXPECT_LT(well_formed, 1800);
}

/// Once in memory of that size, and once with the rest behind it, where a reader may not look.
void expect_noticed(const std::string& whole, std::size_t kept) {
  const std::string_view cut = std::string_view(whole).substr(0, kept);
  expect_malformed(cut, fmt::format("for of {} bytes only {} are left", whole.size(), kept));
  Reader reader(cut);
  fields::v2::Order order;
  if (decode(reader, order)) {
    fail(fmt::format("of the order {} only {} bytes are left, and it is read as {}", hex(whole),
                     kept, text(order)));
  }
}

GRADED_TEST(Fields, EveryTruncationIsNoticed, 1,
            "a message that ends too early is malformed, wherever it was cut (Z2)") {
  const fields::v2::Order order = {.id = 300,
                                   .note = "ring twice",
                                   .customer = "Ann",
                                   .coupons = {7, 1000},
                                   .balance_cents = -1250,
                                   .items = {{"tea", 2, -50}, {"milk", 1, 0}},
                                   .due_day = 20'000,
                                   .labels = {"gift", ""}};
  const std::string whole = encode<Writer>(order);
  tell("the order " + hex(whole));
  Reader reader(whole);
  fields::v2::Order back;
  EXPECT_TRUE(decode(reader, back) && back == order) << "the whole order is read as it was written";
  for (std::size_t kept = 0; kept < whole.size(); ++kept) expect_noticed(whole, kept);
  Random random(seed(), "truncated fields");
  for (int i = 0; i < 100; ++i) {
    const std::string bytes = bytes_of(random_fields(random));
    for (std::size_t kept = 0; kept < bytes.size(); ++kept) {
      expect_malformed(bytes.substr(0, kept), "for its end is missing");
    }
  }
}

/// A few bytes must not make a reader take much memory or much time.
void expect_cheap(const std::string& bytes, const Fields& wanted) {
  constexpr std::size_t plenty = 4096;
  const AllocationWatch watch;
  Found got;
  try {
    got = found(bytes, wanted);
  } catch (const std::bad_alloc&) {
    fail(fmt::format("{} made the reader ask for {} bytes of memory", hex(bytes), watch.largest()));
  }
  if (got.well_formed) {
    fail(fmt::format("{} announces more than there is, but is well-formed when asked for {}",
                     hex(bytes), text(wanted)));
  }
  if (watch.largest() > plenty) {
    fail(fmt::format(
        "{} bytes, {}, made the reader ask for {} bytes of memory at once; {} is plenty",
        bytes.size(), hex(bytes), watch.largest(), plenty));
  }
}

GRADED_TEST(Fields, CountsAndLengthsAreNotTrusted, 1,
            "a count or a length that cannot be true is malformed, and takes no memory (Z2)") {
  const std::string four_bytes = from_hex("01 00 01 00");
  tell("as many announced as there are");
  for (const auto& [kind, count] :
       {std::pair(Kind::bytes, 4), {Kind::numbers, 4}, {Kind::blocks, 2}}) {
    const std::string bytes = key(3, kind) + static_cast<char>(count) + four_bytes + '\0';
    EXPECT_TRUE(found(bytes, {{3, kind}}).well_formed) << hex(bytes) << " announces what is there";
  }
  for (const std::uint64_t count :
       {std::uint64_t{5}, std::uint64_t{100'000}, std::uint64_t{0x7fff'ffff},
        std::uint64_t{0xffff'ffff}, std::uint64_t{0x1'0000'0000}, std::uint64_t{0x1'0000'0002},
        std::uint64_t{0x2000'0000'0000'0001}, std::uint64_t{0x7fff'ffff'ffff'ffff}, UINT64_MAX - 4,
        UINT64_MAX - 1, UINT64_MAX}) {
    tell(fmt::format("{} announced, four bytes left", count));
    for (const Kind kind : {Kind::bytes, Kind::numbers, Kind::blocks}) {
      const std::string bytes = key(3, kind) + varint(count) + four_bytes;
      expect_cheap(bytes, {});
      expect_cheap(bytes, {{3, kind}});
    }
    // With a length of -1 a reader that goes a byte back finds a length of 1 there, and all is
    // well.
    for (const std::string& rest : {four_bytes, from_hex("61 00")}) {
      const std::string inside = key(3, Kind::blocks) + varint(2) + varint(count) + rest;
      expect_cheap(inside, {});
      expect_cheap(inside, {{3, Kind::blocks}});
    }
  }
}

/// An empty message with this many around it, as bytes or as the one block of a list.
std::string nested(int depth, Kind kind) {
  std::string message(1, '\0');
  for (int i = 0; i < depth; ++i) message = bytes_of({{1, kind, {}, {message}}});
  return message;
}

std::optional<Reader> inner_of(Reader& reader, Kind kind) {
  if (kind == Kind::bytes) return reader.message(1);
  std::vector<Reader> readers = reader.messages(1);
  return readers.empty() ? std::nullopt : std::optional(std::move(readers[0]));
}

/// Goes inwards, `steps` times, and returns the reader there.
Reader go_inwards(const std::string& bytes, Kind kind, int steps) {
  Reader reader(bytes);
  for (int step = 1; step <= steps; ++step) {
    auto inner = inner_of(reader, kind);
    if (!inner)
      fail(fmt::format(
          "{} messages around the innermost are allowed, but with {} the reader finds none",
          max_depth, step));
    EXPECT_TRUE(reader.finish()) << "with " << step - 1 << " messages around it";
    reader = std::move(*inner);
  }
  return reader;
}

void expect_limit_of_depth(Kind kind) {
  tell(fmt::format("messages {} in each other", kind == Kind::bytes ? "as bytes" : "in lists"));
  const std::string deepest = nested(max_depth, kind);
  EXPECT_TRUE(go_inwards(deepest, kind, max_depth).finish()) << "the innermost that is allowed";
  for (const int depth : {max_depth + 1, 1000}) {
    const std::string too_deep = nested(depth, kind);
    Reader last = go_inwards(too_deep, kind, max_depth);
    EXPECT_FALSE(inner_of(last, kind).has_value()) << "a reader goes deeper than " << max_depth;
    EXPECT_FALSE(last.finish()) << "with a message in it that is too deep";
  }
}

GRADED_TEST(Fields, NestingHasALimit, 1,
            "messages lie in each other as deep as is allowed, and no deeper (Z2)") {
  expect_limit_of_depth(Kind::bytes);
  expect_limit_of_depth(Kind::blocks);
  tell("an empty list in the innermost message is no message");
  const std::string deepest = nested(max_depth, Kind::bytes);
  Reader innermost = go_inwards(deepest, Kind::bytes, max_depth);
  EXPECT_TRUE(innermost.messages(1).empty());
  EXPECT_TRUE(innermost.finish());
}

}  // namespace
}  // namespace octet::grading
