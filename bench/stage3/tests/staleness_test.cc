#include "bench/stage3/staleness.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cmath>

namespace octet::bench {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t trials = 200;

TEST(Staleness, OverlappingQuorumsMissNothing) {
  for (const Quorums quorums : {Quorums{2, 2}, Quorums{3, 1}, Quorums{1, 3}, Quorums{3, 3}}) {
    for (const auto& [after, missed] : simulate_staleness(quorums, trials, 1).points) {
      EXPECT_EQ(missed, 0) << as_text(quorums) << " after " << after / 1ms << " ms";
    }
  }
}

TEST(Staleness, OfSingleCopiesIsTheTailOfTheNetwork) {
  // The writer's own disk acknowledges after 0.5 ms. The reader's own copy answers it, and lacks
  // what is still under way: of late messages those that take longer than that.
  for (const auto& [after, missed] : simulate_staleness({1, 1}, trials, 1).points) {
    const double since_ms = 0.5 + std::chrono::duration<double, std::milli>(after).count();
    if (since_ms < 3 || since_ms > 41) continue;
    const double expected = 0.1 * (42 - since_ms) / 40;  // 1 to 3 ms, and up to 40 ms on top
    const double deviation = std::sqrt(expected * (1 - expected) / trials);
    EXPECT_NEAR(missed, expected, 5 * deviation) << "after " << after / 1ms << " ms";
  }
}

TEST(Staleness, EndsWhenTheLastMessageIsThere) {
  for (const Quorums quorums : {Quorums{1, 1}, Quorums{2, 1}, Quorums{1, 2}}) {
    const Staleness staleness = simulate_staleness(quorums, trials, 1);
    EXPECT_GT(staleness.points.front().missed, 0) << as_text(quorums);
    EXPECT_EQ(staleness.points.back().missed, 0) << as_text(quorums);
  }
}

TEST(Staleness, MoreCopiesTakeLonger) {
  const Staleness one = simulate_staleness({1, 1}, trials, 1);
  const Staleness two = simulate_staleness({2, 2}, trials, 1);
  const Staleness all = simulate_staleness({3, 3}, trials, 1);
  EXPECT_LT(one.reads.median_ms, two.reads.median_ms);
  EXPECT_LT(two.reads.median_ms, all.reads.median_ms);
  EXPECT_LT(one.writes.median_ms, two.writes.median_ms);
  EXPECT_LT(two.writes.median_ms, all.writes.median_ms);
}

TEST(Staleness, FollowsFromTheSeed) {
  const auto run = [](std::uint64_t seed) { return simulate_staleness({1, 2}, trials, seed); };
  const auto shares = [](const Staleness& staleness) {
    std::vector<double> all;
    for (const auto& point : staleness.points) all.push_back(point.missed);
    return all;
  };
  EXPECT_EQ(shares(run(1)), shares(run(1)));
  EXPECT_NE(shares(run(1)), shares(run(2)));
}

}  // namespace
}  // namespace octet::bench
