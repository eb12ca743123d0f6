#include <limits>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/random.h"
#include "graders/stage1-sockets/decoding.h"

/// Decoding: how values are cut out of a stream (R1, R2, R3).
namespace octet::grading {
namespace {

using namespace std::string_literals;

constexpr auto int64_min = std::numeric_limits<std::int64_t>::min();
constexpr auto int64_max = std::numeric_limits<std::int64_t>::max();

/// One of everything that is easily taken for something else.
std::vector<RespValue> look_alikes() {
  return {
      bulk(""),
      bulk("-1"),
      null(),
      RespValue::make_null_array(),
      list({}),
      integer(0),
      integer(-1),
      integer(int64_min),
      integer(int64_max),
      RespValue::make_simple(""),
      ok(),
      RespValue::make_error("ERR no"),
      list({null()}),
      list({RespValue::make_null_array()}),
      list({list({})}),
      list({bulk(""), null(), integer(-7), ok()}),
      list({list({integer(1), list({bulk("a"), list({})})}), RespValue::make_error("ERR"), null()}),
  };
}

/// Contents that look like protocol.
std::vector<std::string> treacherous_texts() {
  std::string every_byte;
  for (int byte = 0; byte < 256; ++byte) every_byte += static_cast<char>(byte);
  std::string line_ends;
  for (int i = 0; i < 1000; ++i) line_ends += "\r\n";
  return {"a\r\n$3\r\nb", "*foo",      "\r",      "\n",       "\r\n",     "\n\r",
          "\0"s,          "\0\r\n\0"s, "$-1\r\n", "*-1\r",    "*1\r\n$4", "+OK\r\n+",
          "-ERR\r\n",     ":1",        "end\r",   every_byte, line_ends};
}

std::string random_text(Random& random) {
  const std::string alphabet = "\r\n$*:+-012a\0"s;
  std::string text;
  for (std::uint64_t left = random.below(20); left > 0; --left) {
    text += alphabet[random.below(alphabet.size())];
  }
  return text;
}

/// A stream of values, and where each of them ends.
struct Stream {
  std::vector<RespValue> values;
  std::string bytes = {};
  std::vector<std::size_t> ends = {};

  explicit Stream(std::vector<RespValue> all) : values(std::move(all)) {
    for (const RespValue& value : values) {
      bytes += wire_form(value);
      ends.push_back(bytes.size());
    }
  }

  /// The values that end after `begin`, and not after `end`.
  std::vector<RespValue> complete_between(std::size_t begin, std::size_t end) const {
    std::vector<RespValue> complete;
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (begin < ends[i] && ends[i] <= end) complete.push_back(values[i]);
    }
    return complete;
  }

  /// Feeds the stream cut at these places; each value must come with the piece that completes it.
  void expect_decoded(const std::vector<std::size_t>& cuts) const {
    Decoding decoding;
    std::size_t begin = 0;
    for (std::size_t i = 0; i <= cuts.size(); ++i) {
      const std::size_t end = i < cuts.size() ? cuts[i] : bytes.size();
      if (i > 0) tell("so far the decoder has " + escaped(bytes.substr(0, begin)));
      decoding.expect(std::string_view(bytes).substr(begin, end - begin),
                      complete_between(begin, end));
      begin = end;
    }
  }
};

/// All of the above, and more at random.
Stream long_stream() {
  std::vector<RespValue> values = look_alikes();
  for (const std::string& text : treacherous_texts()) values.push_back(bulk(text));
  Random random(seed(), "long stream");
  for (int i = 0; i < 20; ++i) values.push_back(list({bulk(random_text(random)), null()}));
  return Stream(values);
}

/// Values must not wait for the byte after their last one.
void expect_decoded_byte_by_byte(const Stream& stream) {
  Decoding decoding;
  for (std::size_t i = 0; i < stream.bytes.size(); ++i) {
    const auto expected = stream.complete_between(i, i + 1);
    if (decoding.feed(std::string_view(stream.bytes).substr(i, 1)) == expected) continue;
    fail("fed byte by byte, after " + escaped(stream.bytes.substr(0, i + 1)) +
         "\nthe last byte should give " + shown(expected));
  }
}

GRADED_TEST(Resp, EveryKindTakesExactlyItsOwnBytes, 1,
            "null and empty, bulk and array, negative and nested are told apart, and each takes "
            "exactly its own bytes (R2)") {
  const std::vector<RespValue> values = look_alikes();
  for (const RespValue& first : values) {
    for (const RespValue& second : values) {
      const std::vector<RespValue> expected = {first, second, bulk("next")};
      Decoding().expect(Stream(expected).bytes, expected);
    }
  }
}

GRADED_TEST(Resp, BulkStringsAreReadByLength, 1,
            "a bulk string is as long as its length says, whatever bytes it holds (R1)") {
  for (const std::string& text : treacherous_texts()) {
    const std::vector<RespValue> expected = {bulk(text), list({bulk("GET"), bulk(text)}), ok()};
    Decoding().expect(Stream(expected).bytes, expected);
  }
  Random random(seed(), "bulk strings");
  for (int i = 0; i < 300; ++i) {
    const std::vector<RespValue> expected = {bulk(random_text(random)), bulk(random_text(random))};
    Decoding().expect(Stream(expected).bytes, expected);
  }
}

GRADED_TEST(Resp, ACutAnywhereChangesNothing, 1,
            "however the stream is cut, the values are the same, each as soon as its last byte is "
            "there (R3)") {
  const Stream stream(look_alikes());
  for (std::size_t cut = 0; cut <= stream.bytes.size(); ++cut) stream.expect_decoded({cut});

  const Stream command({list({bulk("SET"), bulk("a\r\nb"), null()}), integer(-12)});
  for (std::size_t first = 0; first <= command.bytes.size(); ++first) {
    for (std::size_t second = first; second <= command.bytes.size(); ++second) {
      command.expect_decoded({first, second});
    }
  }
  expect_decoded_byte_by_byte(long_stream());
}

GRADED_TEST(Resp, EncodingIsExact, 1, "every value has one form on the wire (R7)") {
  std::vector<RespValue> values = look_alikes();
  for (const std::string& text : treacherous_texts()) values.push_back(bulk(text));
  for (const RespValue& value : values) {
    EXPECT_EQ(escaped(sockets::encode_resp(value)), escaped(wire_form(value)))
        << "for " << shown(value);
    EXPECT_EQ(sockets::encode_resp(value).size(), wire_form(value).size());
  }
}

}  // namespace
}  // namespace octet::grading
