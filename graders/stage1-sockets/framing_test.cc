#include <algorithm>
#include <string>
#include <vector>

#include "graders/dsl/allocation_watch.h"
#include "graders/dsl/graded_test.h"
#include "graders/dsl/net/bytes.h"
#include "graders/dsl/random.h"
#include "graders/stage1-sockets/frames.h"
#include "stage1-sockets/api/solution.h"

namespace octet::sockets {
namespace {

using grading::AllocationWatch;
using grading::fail;
using grading::Random;
using grading::show;
using grading::tell;
using Frames = std::vector<std::string>;

std::string encode(const Frames& frames) {
  std::string bytes;
  for (const std::string& payload : frames) bytes += frame(payload);
  return bytes;
}

void drain(AnyFrameDecoder& decoder, Frames& into) {
  while (auto payload = decoder.next()) into.push_back(std::move(*payload));
}

/// What a decoder makes of the bytes, cut after each position in `cuts`.
Frames decode(std::string_view bytes, const std::vector<std::size_t>& cuts) {
  const auto decoder = make_frame_decoder(default_max_payload);
  Frames frames;
  std::size_t from = 0;
  for (const std::size_t cut : cuts) {
    decoder->feed(bytes.substr(from, cut - from));
    drain(*decoder, frames);
    from = cut;
  }
  decoder->feed(bytes.substr(from));
  drain(*decoder, frames);
  return frames;
}

/// Payloads with every kind of surprise: empty, binary, like a header, with all byte values.
Frames surprising_frames() {
  std::string every_byte;
  for (int byte = 0; byte < 256; ++byte) every_byte.push_back(static_cast<char>(byte));
  return {"a",
          "",
          std::string(4, '\0'),
          frame("inner"),
          "",
          "",
          std::string("\xff\xff\xff\xff"),
          every_byte,
          "\r\n"};
}

std::string describe(const Frames& frames) {
  std::string text = std::to_string(frames.size()) + " frames:";
  for (const std::string& payload : frames) text += " " + show(payload, 12);
  return text;
}

std::string describe_cuts(const std::vector<std::size_t>& cuts) {
  std::string text;
  for (const std::size_t cut : cuts) text += (text.empty() ? "" : ", ") + std::to_string(cut);
  return text.size() > 80 ? text.substr(0, 80) + "..." : text;
}

void expect_decoded(std::string_view bytes, const std::vector<std::size_t>& cuts,
                    const Frames& frames) {
  const Frames decoded = decode(bytes, cuts);
  if (decoded == frames) return;
  tell("the decoder is fed " + show(bytes) + ", cut after byte " + describe_cuts(cuts));
  fail("expected " + describe(frames) + "\nbut next() gave " + describe(decoded));
}

GRADED_TEST(Framing, LengthIsFourBytesMostSignificantFirst, 1,
            "a frame is its length, unsigned, most significant byte first, and its payload (F2)") {
  for (const std::size_t size : {0U, 1U, 127U, 128U, 255U, 256U, 65535U, 65536U, 0x01020304U}) {
    const std::string payload(size, 'p');
    tell("a payload of " + std::to_string(size) + " bytes is encoded");
    const std::string encoded = encode_frame(payload);
    ASSERT_EQ(show(encoded.substr(0, 4)), show(header(static_cast<std::uint32_t>(size))));
    ASSERT_TRUE(std::string_view(encoded).substr(4) == payload) << "the payload is not as it was";
  }
  const std::string binary("\0\r\n\xff\0", 5);
  EXPECT_EQ(show(encode_frame(binary)), show(frame(binary)));
}

GRADED_TEST(Framing, EveryCut, 2, "frames do not depend on how TCP cuts the stream (F1)") {
  const Frames frames = surprising_frames();
  const std::string bytes = encode(frames);
  expect_decoded(bytes, {}, frames);

  std::vector<std::size_t> every_byte;
  for (std::size_t at = 1; at < bytes.size(); ++at) every_byte.push_back(at);
  expect_decoded(bytes, every_byte, frames);

  for (std::size_t first = 1; first < bytes.size(); ++first) {
    expect_decoded(bytes, {first}, frames);
    for (std::size_t gap = 0; gap < 9 && first + gap < bytes.size(); ++gap) {
      expect_decoded(bytes, {first, first + gap}, frames);
    }
  }

  Random random(grading::seed(), "cuts");
  for (int round = 0; round < 100; ++round) {
    std::vector<std::size_t> cuts;
    for (int i = 0; i < 12; ++i) cuts.push_back(random.below(bytes.size()));
    std::sort(cuts.begin(), cuts.end());
    expect_decoded(bytes, cuts, frames);
  }
}

GRADED_TEST(Framing, BufferedFramesNeedNoMoreBytes, 1,
            "all complete frames are there without waiting for more bytes (F1)") {
  constexpr int count = 10'000;
  Frames frames;
  for (int i = 0; i < count; ++i) frames.push_back("frame " + std::to_string(i));
  const std::string bytes = encode(frames) + header(10) + "half";
  tell("10000 frames and the beginning of another are fed at once");
  const Frames decoded = decode(bytes, {});
  ASSERT_EQ(decoded.size(), frames.size());
  ASSERT_EQ(decoded.back(), frames.back());
  EXPECT_TRUE(decoded == frames) << "the frames are not as they were";
}

GRADED_TEST(Framing, TwoStreamsDoNotMix, 1,
            "an empty frame is a frame, and streams do not know of each other (F1)") {
  const auto left = make_frame_decoder(default_max_payload);
  const auto right = make_frame_decoder(default_max_payload);
  Frames from_left;
  Frames from_right;
  const std::string bytes = encode({"", "left", ""});
  tell("two decoders are fed the same 16 bytes, one byte each in turns");
  for (const char byte : bytes) {
    left->feed(std::string_view(&byte, 1));
    right->feed(std::string_view(&byte, 1));
    drain(*right, from_right);
    drain(*left, from_left);
  }
  const Frames expected{"", "left", ""};
  EXPECT_EQ(describe(from_left), describe(expected));
  EXPECT_EQ(describe(from_right), describe(expected));
}

GRADED_TEST(Framing, LimitIsExact, 1,
            "a payload may be as long as the limit and not one byte longer (F2)") {
  for (const std::uint32_t limit : {0U, 1U, 7U, 300U, default_max_payload}) {
    const std::string longest(limit, 'm');
    tell("limit " + std::to_string(limit) + ": a frame of that length, then one byte more");
    const auto decoder = make_frame_decoder(limit);
    decoder->feed(frame(longest));
    Frames frames;
    drain(*decoder, frames);
    ASSERT_EQ(frames.size(), 1U) << "a frame as long as the limit is a frame";
    ASSERT_TRUE(frames[0] == longest) << "the payload is not as it was";
    ASSERT_FALSE(decoder->too_long());

    const std::string too_long = header(limit + 1);
    decoder->feed(too_long.substr(0, 3));
    drain(*decoder, frames);
    ASSERT_FALSE(decoder->too_long()) << "the length is not known before its last byte";
    decoder->feed(too_long.substr(3));
    drain(*decoder, frames);
    ASSERT_TRUE(decoder->too_long()) << "known as soon as the length has been read";

    decoder->feed(longest + "x" + frame(""));
    drain(*decoder, frames);
    ASSERT_EQ(frames.size(), 1U) << "nothing comes after a frame that was too long";
    ASSERT_TRUE(decoder->too_long());
  }
}

GRADED_TEST(Framing, HostileLengthTakesNoMemory, 2,
            "a length above the limit is noticed before memory is taken (F2)") {
  constexpr std::size_t modest = 1 << 20;
  for (const std::uint32_t length :
       {default_max_payload + 1, 0x7fffffffU, 0x80000000U, 0x80000001U, 0xfffffffcU, 0xffffffffU}) {
    tell("a good frame comes, then a length of " + std::to_string(length) + " and 100 bytes");
    const auto decoder = make_frame_decoder(default_max_payload);
    Frames frames;
    const std::string bytes = frame("good") + header(length) + std::string(100, 'x');
    const AllocationWatch watch;
    decoder->feed(bytes);
    drain(*decoder, frames);
    ASSERT_EQ(describe(frames), describe({"good"}));
    ASSERT_TRUE(decoder->too_long()) << "a length is unsigned";
    ASSERT_LE(watch.largest(), modest) << "bytes of memory were asked for at once";
  }
  tell("the limit is the largest length there is, and a frame of that length begins");
  const auto decoder = make_frame_decoder(0xffffffffU);
  decoder->feed(header(0xffffffffU) + "1234567890");
  EXPECT_FALSE(decoder->next().has_value()) << "the sum of header and length has overflowed";
  EXPECT_FALSE(decoder->too_long());
}

GRADED_TEST(Framing, FramesTakenAreForgotten, 1,
            "the memory of a decoder does not grow with the length of the stream (F2)") {
  constexpr std::size_t modest = 4 << 20;
  constexpr int chunks = 1024;
  const std::string payload(1000, 's');
  std::string chunk;
  for (int i = 0; i < 30; ++i) chunk += frame(payload);
  const auto decoder = make_frame_decoder(default_max_payload);
  std::size_t frames = 0;
  tell("30 MB of frames are fed and taken, 30 KB at a time, never at the end of a frame");
  const AllocationWatch watch;
  decoder->feed(std::string_view(chunk).substr(0, 500));
  for (int i = 0; i < chunks; ++i) {
    decoder->feed(std::string_view(chunk).substr(500));
    decoder->feed(std::string_view(chunk).substr(0, 500));
    while (decoder->next()) ++frames;
  }
  EXPECT_EQ(frames, 30U * chunks);
  EXPECT_LE(watch.largest(), modest) << "bytes of memory were asked for at once";
}

}  // namespace
}  // namespace octet::sockets
