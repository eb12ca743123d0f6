#include <fmt/format.h>

#include <cstdint>
#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/random.h"
#include "graders/stage2-clocks-rpc/field_codec.h"
#include "graders/stage2-clocks-rpc/orders.h"

/// What is written is read, in this version and in others (Z1, Z3, Z4).
namespace octet::grading {
namespace {

using fields::decode;
using fields::encode;
using fields::Kind;
using fields::max_tag;
using fields::Tag;

using namespace std::string_literals;

/// Written and read, these fields are these bytes.
void expect_form(const Fields& fields, const std::string& bytes) {
  const std::string got = written(fields);
  if (got != bytes) {
    fail(fmt::format("{}\nshould be written as {}\n               but is {}", text(fields),
                     hex(bytes), hex(got)));
  }
  const Found back = found(bytes, fields);
  if (back.fields != fields) {
    fail(fmt::format("{}\nshould be read as {}\n           but is {}", hex(bytes), text(fields),
                     text(back.fields)));
  }
  if (!back.well_formed) fail(hex(bytes) + " is well-formed, but finish() says that it is not");
}

void expect_signed(std::int64_t value, const std::string& bytes) {
  Writer writer;
  writer.signed_number(1, value);
  EXPECT_EQ(hex(writer.finish()), bytes) << "of the signed number " << value;
  const std::string read = from_hex(bytes);
  Reader reader(read);
  EXPECT_EQ(reader.signed_number(1), value) << "read from " << bytes;
  EXPECT_TRUE(reader.finish()) << "after " << bytes;
}

GRADED_TEST(Fields, BytesAreThoseOfTheFormat, 1,
            "each kind of field is written as the format says, byte for byte, and read so (Z1, "
            "Z3)") {
  expect_form({}, from_hex("00"));
  expect_form({{1, Kind::number, {0}}}, from_hex("04 00 00"));
  expect_form({{1, Kind::number, {300}}}, from_hex("04 AC 02 00"));
  expect_form({{1, Kind::number, {UINT64_MAX}}}, from_hex("04 FF FF FF FF FF FF FF FF FF 01 00"));
  expect_form({{2, Kind::bytes, {}, {"hi"}}}, from_hex("09 02 68 69 00"));
  expect_form({{2, Kind::bytes, {}, {""}}}, from_hex("09 00 00"));
  expect_form({{3, Kind::numbers, {1, 300}}}, from_hex("0E 02 01 AC 02 00"));
  expect_form({{3, Kind::numbers}}, from_hex("0E 00 00"));
  expect_form({{4, Kind::blocks, {}, {"", "x"}}}, from_hex("13 02 00 01 78 00"));
  expect_form({{31, Kind::number, {1}}, {32, Kind::number, {2}}}, from_hex("7C 01 80 01 02 00"));
  expect_form({{max_tag, Kind::number, {9}}}, from_hex("FC FF FF FF 0F 09 00"));
  expect_signed(0, "04 00 00");
  expect_signed(-1, "04 01 00");
  expect_signed(1, "04 02 00");
  expect_signed(-64, "04 7F 00");
  expect_signed(64, "04 80 01 00");
  expect_signed(INT64_MAX, "04 FE FF FF FF FF FF FF FF FF 01 00");
  expect_signed(INT64_MIN, "04 FF FF FF FF FF FF FF FF FF 01 00");
}

GRADED_TEST(Fields, EveryValueComesBack, 1,
            "numbers of every size, either sign, empty and binary strings and lists come back as "
            "they were, and what was not written is not there (Z1)") {
  Fields numbers;
  for (int bit = 0; bit < 64; ++bit) {
    const std::uint64_t power = std::uint64_t{1} << bit;
    const Tag tag = 100 * static_cast<Tag>(bit + 1);
    numbers.push_back({tag, Kind::number, {power - 1}});
    numbers.push_back({tag + 1, Kind::numbers, {power, 0, power + 1, ~power}});
    for (const std::int64_t value :
         {static_cast<std::int64_t>(power), -static_cast<std::int64_t>(power - 1)}) {
      Writer writer;
      writer.signed_number(tag, value);
      const std::string bytes = writer.finish();
      Reader reader(bytes);
      ASSERT_EQ(reader.signed_number(tag), value) << "read from " << hex(bytes);
    }
  }
  expect_form(numbers, bytes_of(numbers));

  std::string every_byte;
  for (int byte = 0; byte < 256; ++byte) every_byte += static_cast<char>(byte);
  const Fields strings = {{1, Kind::bytes, {}, {"\0"s}},
                          {2, Kind::bytes, {}, {every_byte}},
                          {3, Kind::blocks, {}, {"", every_byte, "", std::string(300, '\0')}},
                          {4, Kind::blocks, {}, {}},
                          {5, Kind::bytes, {}, {std::string(70'000, 'x')}},
                          {6, Kind::blocks, {}, std::vector<std::string>(300, "")}};
  expect_form(strings, bytes_of(strings));

  tell("a field that is 0 or empty is there, one that was not written is not");
  Writer writer;
  writer.number(2, 0);
  writer.bytes(4, "");
  const std::string bytes = writer.finish();
  Reader reader(bytes);
  EXPECT_FALSE(reader.number(1).has_value());
  EXPECT_TRUE(reader.number(2).has_value());
  EXPECT_FALSE(reader.bytes(3).has_value());
  EXPECT_TRUE(reader.bytes(4).has_value());
  EXPECT_FALSE(reader.blocks(5).has_value());
  EXPECT_TRUE(reader.finish());
}

using Write = std::function<void(Writer&, Tag)>;

const std::vector<Write> every_write = {
    [](Writer& writer, Tag tag) { writer.number(tag, 1); },
    [](Writer& writer, Tag tag) { writer.signed_number(tag, 1); },
    [](Writer& writer, Tag tag) { writer.bytes(tag, "a"); },
    [](Writer& writer, Tag tag) { writer.numbers(tag, std::vector<std::uint64_t>{1}); },
    [](Writer& writer, Tag tag) { writer.blocks(tag, std::vector<std::string>{"a"}); }};

void expect_refused(Writer& writer, const Write& write, Tag tag, Tag last) {
  try {
    write(writer, tag);
  } catch (const std::invalid_argument&) {
    return;
  }
  fail(fmt::format("the writer takes tag {} after tag {}: equal messages could be different bytes",
                   tag, last));
}

GRADED_TEST(Fields, TheWriterKeepsTheOrder, 1,
            "the writer refuses a tag that is 0, too large, or not above the one before, and "
            "writes nothing of it (Z3)") {
  for (const Write& write : every_write) {
    for (const Write& first : every_write) {
      Writer writer;
      for (const Tag tag : {Tag{0}, max_tag + 1, UINT32_MAX}) expect_refused(writer, write, tag, 0);
      first(writer, 7);
      for (const Tag tag : {0U, 1U, 6U, 7U, UINT32_MAX}) expect_refused(writer, write, tag, 7);
      write(writer, 8);
      Writer without;
      first(without, 7);
      write(without, 8);
      EXPECT_EQ(hex(writer.finish()), hex(without.finish())) << "what was refused left a trace";
    }
  }
}

template <class To, class From>
To sent(const From& from) {
  const std::string bytes = encode<Writer>(from);
  To to;
  Reader reader(bytes);
  if (!decode(reader, to)) {
    fail(fmt::format("an order was written as {}, which is then called malformed", hex(bytes)));
  }
  return to;
}

template <class Order>
void expect_same(const Order& got, const Order& expected, const char* from, const char* to) {
  if (got == expected) return;
  fail(fmt::format("from {} to {}\nexpected {}\n     got {}", from, to, text(expected), text(got)));
}

/// Fields that the reader knows, with one that it does not know at each place.
void expect_to_pass_over(const Field& unknown) {
  const Fields known = {{10, Kind::number, {1}},
                        {20, Kind::bytes, {}, {"b"}},
                        {30, Kind::numbers, {3}},
                        {40, Kind::blocks, {}, {"d"}}};
  for (std::size_t place = 0; place <= known.size(); ++place) {
    Fields all = known;
    all.insert(all.begin() + static_cast<std::ptrdiff_t>(place), unknown);
    all[place].tag = static_cast<Tag>(10 * place + 5);
    const std::string bytes = bytes_of(all);
    const Found back = found(bytes, known);
    if (back.well_formed && back.fields == known) continue;
    fail(fmt::format("{}\nthe reader knows {}, and must pass over {}, but it finds {}{}",
                     hex(bytes), text(known), text(all[place]), text(back.fields),
                     back.well_formed ? "" : ", malformed"));
  }
}

GRADED_TEST(Fields, VersionsReadEachOther, 1,
            "version 1 passes over what version 2 added, and version 2 does without (Z4)") {
  tell("a reader passes over a field of every kind, at every place");
  for (const Field& unknown : Fields{{0, Kind::number, {0}},
                                     {0, Kind::number, {UINT64_MAX}},
                                     {0, Kind::bytes, {}, {""}},
                                     {0, Kind::bytes, {}, {"00"}},
                                     {0, Kind::numbers},
                                     {0, Kind::numbers, {0, 300, UINT64_MAX}},
                                     {0, Kind::blocks},
                                     {0, Kind::blocks, {}, {"", "\0\0"s, std::string(200, 'x')}}}) {
    expect_to_pass_over(unknown);
  }
  tell("random orders between programs of version 1 and 2");
  Random random(seed(), "orders");
  for (int i = 0; i < 300; ++i) {
    const fields::v2::Order order = random_order(random);
    const fields::v1::Order older = as_v1(order);
    expect_same(sent<fields::v2::Order>(order), order, "version 2", "version 2");
    expect_same(sent<fields::v1::Order>(order), older, "version 2", "version 1");
    expect_same(sent<fields::v1::Order>(older), older, "version 1", "version 1");
    expect_same(sent<fields::v2::Order>(older), as_v2(older), "version 1", "version 2");
    ASSERT_EQ(encode<Writer>(order), encode<Writer>(order)) << "equal orders, different bytes";
  }
}

}  // namespace
}  // namespace octet::grading
