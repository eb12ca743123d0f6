#include <fmt/format.h>

#include <new>

#include "graders/dsl/allocation_watch.h"
#include "graders/dsl/graded_test.h"
#include "graders/stage1-sockets/decoding.h"

/// What a decoder must refuse, and at what price (R4, R5).
namespace octet::grading {
namespace {

using sockets::RespLimits;

using namespace std::string_literals;

constexpr std::size_t kibibyte = 1 << 10;
constexpr std::size_t mebibyte = 1 << 20;

const RespLimits small = {.max_bulk = 10, .max_items = 3, .max_line = 40, .max_depth = 2};

std::string repeated(std::string_view text, std::size_t times) {
  std::string all;
  for (std::size_t i = 0; i < times; ++i) all += text;
  return all;
}

/// A value inside as many arrays.
RespValue nested(std::size_t depth) {
  RespValue value = integer(1);
  for (std::size_t i = 0; i < depth; ++i) value = list({value});
  return value;
}

/// Headers whose number is above `small`, or wraps around to something below it.
std::vector<std::string> numbers_too_large(char type, std::size_t limit) {
  std::vector<std::string> headers;
  for (const std::string& number :
       {std::to_string(limit + 1), "2147483647"s, "2147483648"s, "4294967295"s, "4294967297"s,
        "9223372036854775807"s, "9223372036854775808"s, "18446744073709551615"s,
        "18446744073709551617"s, "99999999999999999999"s}) {
    headers.push_back(type + number + "\r\n");
  }
  return headers;
}

/// The largest single piece of memory that was asked for while these bytes were fed.
std::size_t largest_request(Decoding& decoding, std::string_view bytes) {
  const AllocationWatch watch;
  try {
    decoding.feed(bytes);
  } catch (const std::bad_alloc&) {
    fail(fmt::format("after {} the decoder asked for {} bytes at once", escaped(bytes),
                     watch.largest()));
  }
  return watch.largest();
}

void expect_cheap(std::string_view bytes, std::size_t at_most) {
  Decoding decoding;
  const std::size_t largest = largest_request(decoding, bytes);
  if (largest > at_most) {
    fail(
        fmt::format("{} bytes, {}, made the decoder ask for {} bytes of memory at once; "
                    "{} is plenty",
                    bytes.size(), escaped(bytes), largest, at_most));
  }
}

GRADED_TEST(Resp, MalformedBytesAreRefused, 1,
            "what came before malformed bytes is delivered, then nothing more (R4)") {
  for (const std::string bytes : {":\r\n",
                                  ":abc\r\n",
                                  ":1 \r\n",
                                  ": 1\r\n",
                                  ":1.0\r\n",
                                  ":--1\r\n",
                                  ":0x1\r\n",
                                  ":1\rX\r\n",
                                  "$abc\r\n",
                                  "$\r\n",
                                  "$-2\r\n",
                                  "$3\r\nabcXY",
                                  "$3\r\nabcde\r\n",
                                  "$0\r\nX\r\n",
                                  "$1.5\r\n",
                                  "$-1x\r\n",
                                  "*abc\r\n",
                                  "*\r\n",
                                  "*-2\r\n",
                                  "*1x\r\n",
                                  "*1\r\n@x\r\n",
                                  "*2\r\n:1\r\n@x\r\n",
                                  "*1\r\n*1\r\n$x\r\n",
                                  ":9223372036854775808\r\n",
                                  ":-9223372036854775809\r\n"}) {
    Decoding().expect_refused(bytes);
    Decoding().expect_refused("+OK\r\n$2\r\nhi\r\n" + std::string(bytes) + ":1\r\n",
                              {ok(), bulk("hi")});
  }
}

void expect_nesting_to_end_at_the_limit() {
  const RespLimits limits;
  Decoding().expect(wire_form(nested(limits.max_depth)), {nested(limits.max_depth)});
  Decoding().expect_refused("+OK\r\n" + repeated("*1\r\n", limits.max_depth + 2), {ok()});
  Decoding().expect_refused("+OK\r\n" + repeated("*1\r\n", 200'000), {ok()});
}

/// Each solution counts the memory of a value in its own way, so this stays away from the boundary.
void expect_values_to_end_at_the_limit() {
  const RespLimits limits = {.max_value = 4096};
  const std::string item = wire_form(bulk(std::string(100, 'x')));
  const RespValue value = list({bulk(std::string(100, 'x')), bulk(std::string(100, 'x'))});
  Decoding(limits).expect(repeated(wire_form(value), 100), std::vector<RespValue>(100, value));
  Decoding(limits).expect_refused("*1000\r\n" + repeated(item, 50));
  Decoding(limits).expect_refused("*2\r\n*500\r\n" + repeated(item, 50));
  // Long texts in few values, and many values without a text: both take memory.
  Decoding(limits).expect(wire_form(bulk(std::string(1500, 'x'))) + wire_form(value),
                          {bulk(std::string(1500, 'x')), value});
  const std::string half = wire_form(bulk(std::string(3000, 'x')));
  Decoding(limits).expect_refused("*2\r\n" + half + half);
  Decoding(limits).expect_refused("*2\r\n*1\r\n" + half + half);
  Decoding(limits).expect_refused("*1000\r\n" + repeated(":1\r\n", 1000));
  Decoding(limits).expect_refused("*2\r\n*500\r\n" + repeated("$-1\r\n", 500) + "*500\r\n" +
                                  repeated("*0\r\n", 500));
}

GRADED_TEST(Resp, LimitsHold, 1,
            "exactly the limit is accepted, one more is refused without waiting for it (R5)") {
  for (const RespValue& value :
       {bulk(std::string(10, 'x')), list({bulk(std::string(10, 'x')), bulk(""), null()}), nested(2),
        list({list({ok(), ok(), ok()}), integer(1), list({ok(), ok(), ok()})}),
        RespValue::make_simple(std::string(36, 'x')), integer(-9223372036854775807 - 1)}) {
    Decoding(small).expect(wire_form(value) + "+OK\r\n", {value, ok()});
  }
  for (const std::string& header : numbers_too_large('$', small.max_bulk)) {
    Decoding(small).expect_refused("+OK\r\n" + header, {ok()});
    Decoding(small).expect_refused("*2\r\n:1\r\n" + header);
  }
  for (const std::string& header : numbers_too_large('*', small.max_items)) {
    Decoding(small).expect_refused("+OK\r\n" + header, {ok()});
    Decoding(small).expect_refused("*2\r\n:1\r\n" + header);
  }
  for (const char type : {'+', '-', ':', '$', '*'}) {
    Decoding(small).expect_refused("+OK\r\n" + (type + std::string(44, '1')), {ok()});
  }
  Decoding(small).expect_refused(repeated("*1\r\n", 4));
  expect_nesting_to_end_at_the_limit();
  expect_values_to_end_at_the_limit();
}

GRADED_TEST(Resp, AnAnnouncementTakesNoMemory, 1,
            "memory is taken for bytes that came, not for a length that was announced (R5)") {
  const std::size_t items = RespLimits().max_items;
  Decoding().expect(wire_form(Words("GET key")), {list({bulk("GET"), bulk("key")})});
  const std::size_t bulk_size = RespLimits().max_bulk;
  expect_cheap(fmt::format("${}\r\nx", bulk_size), mebibyte);
  expect_cheap(fmt::format("*2\r\n$3\r\nGET\r\n${}\r\nx", bulk_size), mebibyte);
  expect_cheap("*2147483647\r\n", 64 * kibibyte);
  expect_cheap("$2147483647\r\n", 64 * kibibyte);
  expect_cheap("*1\r\n$9223372036854775807\r\n", 64 * kibibyte);
  expect_cheap(fmt::format("*{}\r\n$1\r\nx\r\n", items), mebibyte);
  expect_cheap(repeated(fmt::format("*{}\r\n", items), RespLimits().max_depth), mebibyte);
  expect_cheap("+" + std::string(mebibyte, 'x'), 4 * mebibyte);
}

GRADED_TEST(Resp, WhatWasReadIsForgotten, 1,
            "a connection that lives long does not take more and more memory (R5)") {
  const std::string value = wire_form(bulk(std::string(8000, 'x')));
  const std::string stream = repeated(value, 2000);
  Decoding decoding;
  const AllocationWatch watch;
  std::size_t values = 0;
  for (std::size_t begin = 0; begin < stream.size(); begin += 9000) {
    values += decoding.feed(std::string_view(stream).substr(begin, 9000)).size();
  }
  EXPECT_EQ(values, 2000U) << "values of 8000 bytes, fed in pieces of 9000";
  EXPECT_LE(watch.largest(), mebibyte)
      << "16 MB went through the decoder in pieces of 9000 bytes; it asked for " << watch.largest()
      << " bytes at once, as if it kept what it had already given out";
}

}  // namespace
}  // namespace octet::grading
