#include "backoff.h"

#include <gtest/gtest.h>

#include <limits>
#include <utility>

namespace octet::sockets {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

TEST(Backoff, RangesDoubleUntilTheCap) {
  const Backoff backoff({.base = milliseconds(50), .cap = milliseconds(300)}, 1);
  const std::pair<std::uint64_t, milliseconds> expected[] = {
      {1, milliseconds(50)},
      {2, milliseconds(100)},
      {3, milliseconds(200)},
      {4, milliseconds(300)},
      {5, milliseconds(300)},
      {31, milliseconds(300)},
      {64, milliseconds(300)},
      {65, milliseconds(300)},
      {std::numeric_limits<std::uint64_t>::max(), milliseconds(300)}};
  for (const auto& [attempt, max] : expected) {
    EXPECT_EQ(backoff.range(attempt).max, max) << "attempt " << attempt;
    EXPECT_EQ(backoff.range(attempt).min, max / 2) << "attempt " << attempt;
  }
}

TEST(Backoff, TheLongestCapOverflowsNothing) {
  const Backoff backoff({.base = Clock::duration(1), .cap = Clock::duration::max()}, 1);
  for (std::uint64_t attempt = 1; attempt < 200; ++attempt) {
    EXPECT_LE(backoff.range(attempt).max, backoff.range(attempt + 1).max) << attempt;
    EXPECT_GT(backoff.range(attempt).max, Clock::duration::zero()) << attempt;
  }
  EXPECT_EQ(backoff.range(63).max, Clock::duration(std::int64_t{1} << 62));
  EXPECT_EQ(backoff.range(64).max, Clock::duration::max());
}

TEST(Backoff, DelaysLieInTheRangeOfTheirAttempt) {
  Backoff backoff({}, 7);
  for (std::uint64_t attempt = 1; attempt < 100; ++attempt) {
    const DelayRange range = backoff.range(attempt);
    const Clock::duration delay = backoff.next_delay();
    EXPECT_TRUE(range.min <= delay && delay <= range.max) << attempt;
  }
}

TEST(Backoff, ResetStartsFromTheFirstAttempt) {
  Backoff backoff({.base = milliseconds(50), .cap = seconds(5)}, 7);
  for (int failure = 0; failure < 10; ++failure) backoff.next_delay();
  backoff.reset();
  EXPECT_LE(backoff.next_delay(), milliseconds(50));
}

TEST(Backoff, SeedsSpreadClients) {
  Backoff one({}, 1);
  Backoff same({}, 1);
  Backoff other({}, 2);
  const Clock::duration delay = one.next_delay();
  EXPECT_EQ(delay, same.next_delay());
  EXPECT_NE(delay, other.next_delay());
}

}  // namespace
}  // namespace octet::sockets
