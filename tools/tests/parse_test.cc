#include "tools/chaos/parse.h"

#include <gtest/gtest.h>

namespace octet::chaos {
namespace {

using namespace std::chrono_literals;

TEST(Parse, Durations) {
  EXPECT_EQ(parse_duration("50ms"), 50ms);
  EXPECT_EQ(parse_duration("1.5s"), 1500ms);
  EXPECT_EQ(parse_duration("100us"), 100us);
  EXPECT_EQ(parse_duration("2m"), 120s);
  EXPECT_EQ(parse_duration("0s"), 0s);
  for (const char* bad : {"", "50", "ms", "5 ms", "-1s", "1.2.3s", "5x", "9999999999h"}) {
    EXPECT_THROW(parse_duration(bad), BadValue) << bad;
  }
}

TEST(Parse, Shares) {
  EXPECT_DOUBLE_EQ(parse_share("5%"), 0.05);
  EXPECT_DOUBLE_EQ(parse_share("100%"), 1);
  for (const char* bad : {"", "5", "101%", "-5%", "%", "x%"}) {
    EXPECT_THROW(parse_share(bad), BadValue) << bad;
  }
}

TEST(Parse, Sizes) {
  EXPECT_EQ(parse_size("1"), 1u);
  EXPECT_EQ(parse_size("64KB"), 64'000u);
  EXPECT_EQ(parse_size("64KiB"), 65'536u);
  for (const char* bad : {"", "0", "-1", "0.5", "1GBB", "99999999999999999999"}) {
    EXPECT_THROW(parse_size(bad), BadValue) << bad;
  }
}

TEST(Parse, Moments) {
  EXPECT_EQ(parse_moment("after=10s"), (Moment{.after = 10s}));
  EXPECT_EQ(parse_moment("bytes=100"), (Moment{.bytes = 100}));
  EXPECT_EQ(parse_moment("down,bytes=1KB"), (Moment{.bytes = 1000, .counted = Direction::down}));
  EXPECT_EQ(parse_moment("after=1s,bytes=5"), (Moment{.after = 1s, .bytes = 5}));
  for (const char* bad : {"", "10s", "after", "after=", "down", "down,after=1s", "before=1s"}) {
    EXPECT_THROW(parse_moment(bad), BadValue) << bad;
  }
}

TEST(Parse, WaysToHoldBytesBack) {
  EXPECT_EQ(parse_coalesce("bytes=4096,quiet=20ms"),
            (Faults::Coalesce{.bytes = 4096, .quiet = 20ms}));
  EXPECT_EQ(parse_stall("after=1s,for=5s"), (Faults::Stall{.from = {.after = 1s}, .lasts = 5s}));
  for (const char* bad : {"", "bytes=1", "quiet=1s", "bytes=1,quiet=0s", "bytes=1,quiet=1s,x"}) {
    EXPECT_THROW(parse_coalesce(bad), BadValue) << bad;
  }
  for (const char* bad : {"", "for=5s", "after=1s", "after=1s,for=0s"}) {
    EXPECT_THROW(parse_stall(bad), BadValue) << bad;
  }
}

TEST(Parse, HalfOpen) {
  EXPECT_EQ(parse_half_open("up"),
            (Faults::HalfOpen{.silent = Direction::up, .from = {.after = 0s}}));
  EXPECT_EQ(parse_half_open("down,bytes=9"),
            (Faults::HalfOpen{.silent = Direction::down, .from = {.bytes = 9}}));
  for (const char* bad : {"", "both", "up,later", "after=1s"}) {
    EXPECT_THROW(parse_half_open(bad), BadValue) << bad;
  }
}

}  // namespace
}  // namespace octet::chaos
