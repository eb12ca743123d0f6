#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/random.h"
#include "stage1-sockets/api/solution.h"

namespace octet::sockets {
namespace {

using grading::Random;
using grading::tell;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr Clock::duration zero = Clock::duration::zero();

std::string in_ms(Clock::duration time) {
  return std::to_string(std::chrono::duration<double, std::milli>(time).count()) + " ms";
}

std::string text(DelayRange range) {
  return "[" + in_ms(range.min) + ", " + in_ms(range.max) + "]";
}

std::vector<Clock::duration> first_delays(BackoffConfig config, std::uint64_t seed, int count) {
  const auto backoff = make_backoff(config, seed);
  std::vector<Clock::duration> delays;
  for (int i = 0; i < count; ++i) delays.push_back(backoff->next_delay());
  return delays;
}

/// What every range must be, whatever the formula.
void expect_sound(DelayRange range, BackoffConfig config, std::uint64_t attempt) {
  if (zero <= range.min && range.min <= range.max && range.max <= config.cap) return;
  grading::fail("with base " + in_ms(config.base) + " and cap " + in_ms(config.cap) + ", range(" +
                std::to_string(attempt) + ") is " + text(range) +
                ", but 0 <= min <= max <= cap must hold for every attempt");
}

void expect_delays_in_range(BackoffConfig config, std::uint64_t seed, int attempts) {
  const auto backoff = make_backoff(config, seed);
  for (std::uint64_t attempt = 1; attempt <= static_cast<std::uint64_t>(attempts); ++attempt) {
    const DelayRange range = backoff->range(attempt);
    expect_sound(range, config, attempt);
    const Clock::duration delay = backoff->next_delay();
    if (range.min <= delay && delay <= range.max) continue;
    grading::fail("with seed " + std::to_string(seed) + ", the delay after failed attempt " +
                  std::to_string(attempt) + " is " + in_ms(delay) + ", outside of range(" +
                  std::to_string(attempt) + ") = " + text(range));
  }
}

/// Fifteen failures, a success, three failures.
void expect_reset_starts_again(std::uint64_t seed) {
  const auto backoff = make_backoff({}, seed);
  for (int failed = 0; failed < 15; ++failed) backoff->next_delay();
  backoff->reset();
  for (std::uint64_t attempt = 1; attempt <= 3; ++attempt) {
    const DelayRange range = backoff->range(attempt);
    const Clock::duration delay = backoff->next_delay();
    if (range.min <= delay && delay <= range.max) continue;
    grading::fail("with seed " + std::to_string(seed) + ", 15 failures, reset(), and then delay " +
                  std::to_string(attempt) + " is " + in_ms(delay) + ", outside of range(" +
                  std::to_string(attempt) + ") = " + text(range));
  }
}

GRADED_TEST(Backoff, DelaysGrowTowardsTheCap, 1,
            "delays start small, grow, stay below the cap, and start again after reset() (T4)") {
  for (const BackoffConfig config : {BackoffConfig{}, BackoffConfig{milliseconds(1), seconds(1)}}) {
    tell("base " + in_ms(config.base) + ", cap " + in_ms(config.cap));
    const auto backoff = make_backoff(config, 1);
    EXPECT_LE(backoff->range(1).max, 4 * config.base) << "the first wait is a short one";
    for (std::uint64_t attempt = 1; attempt <= 100; ++attempt) {
      const DelayRange range = backoff->range(attempt);
      expect_sound(range, config, attempt);
      ASSERT_LE(range.max, backoff->range(attempt + 1).max)
          << "range(" << attempt + 1 << ") ends before range(" << attempt << ")";
      if (attempt < 20) continue;
      ASSERT_GE(range.max, config.cap / 2)
          << "range(" << attempt << ") is " << text(range) << ": still far from the cap";
    }
  }
  Random random(grading::seed(), "backoff seeds");
  tell("40 seeds: each of 200 delays is drawn from the range of its attempt");
  for (int i = 0; i < 40; ++i) expect_delays_in_range({}, random.next(), 200);
  tell("20 seeds: 15 failures, reset(), 3 failures");
  for (int i = 0; i < 20; ++i) expect_reset_starts_again(random.next());
  tell("one seed: each of 70000 delays is drawn from the range of its attempt");
  expect_delays_in_range({}, random.next(), 70'000);
}

GRADED_TEST(Backoff, HugeAttemptsDoNotOverflow, 1,
            "the delay is right after the 31st, the 64th and every later attempt (T4)") {
  constexpr Clock::duration forever = Clock::duration::max();
  const std::vector<BackoffConfig> configs = {{},
                                              {milliseconds(1), hours(24 * 365)},
                                              {hours(24 * 365 * 50), hours(24 * 365 * 200)},
                                              {milliseconds(50), forever},
                                              {forever / 2, forever}};
  for (const BackoffConfig config : configs) {
    tell("base " + in_ms(config.base) + ", cap " + in_ms(config.cap));
    const auto backoff = make_backoff(config, grading::seed());
    Clock::duration before = zero;
    for (int bit = 4; bit < 64; ++bit) {
      const std::uint64_t power = std::uint64_t{1} << bit;
      for (const std::uint64_t attempt : {power - 1, power, power + 1}) {
        const DelayRange range = backoff->range(attempt);
        expect_sound(range, config, attempt);
        ASSERT_LE(before, range.max) << "range(" << attempt << ") ends earlier than one before it";
        before = range.max;
      }
    }
    expect_sound(backoff->range(UINT64_MAX), config, UINT64_MAX);
    EXPECT_GE(backoff->range(UINT64_MAX).max, config.cap / 2);
    expect_delays_in_range(config, grading::seed(), 200);
  }
}

GRADED_TEST(Backoff, JitterSpreadsClients, 1,
            "clients that failed together do not come back together (T4)") {
  constexpr int clients = 100;
  constexpr int attempts = 260;  // past what a counter of eight bits holds
  Random random(grading::seed(), "clients");
  std::vector<std::vector<Clock::duration>> delays;
  for (int i = 0; i < clients; ++i) delays.push_back(first_delays({}, random.next(), attempts));
  const auto backoff = make_backoff({}, 1);
  for (const std::uint64_t attempt : {2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 255, 256, 257, 258}) {
    std::set<Clock::duration> seen;
    for (const auto& client : delays) seen.insert(client[attempt - 1]);
    const DelayRange range = backoff->range(attempt);
    tell("attempt " + std::to_string(attempt) + ": " + std::to_string(seen.size()) +
         " different delays in " + text(range));
    ASSERT_GE(range.max - range.min, range.max / 10) << "an interval that narrow spreads nobody";
    ASSERT_GE(*seen.rbegin() - *seen.begin(), (range.max - range.min) / 4)
        << clients << " clients with seeds of their own all wait nearly the same time";
  }
  const std::uint64_t seed = random.next();
  EXPECT_EQ(first_delays({}, seed, attempts), first_delays({}, seed, attempts))
      << "the same seed gives the same delays, so that a run can be repeated";
}

}  // namespace
}  // namespace octet::sockets
