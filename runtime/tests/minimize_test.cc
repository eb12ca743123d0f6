#include "runtime/minimize/minimize.h"

#include <gtest/gtest.h>

#include <chrono>
#include <set>

#include "runtime/erase/erased_node.h"
#include "runtime/examples/ping.h"
#include "runtime/examples/storms.h"
#include "runtime/minimize/ddmin.h"

namespace octet {
namespace {

using namespace std::chrono_literals;

TEST(Ddmin, LeavesWhatIsNeededAndNothingElse) {
  std::vector<int> all(100);
  for (int i = 0; i < 100; ++i) all[static_cast<std::size_t>(i)] = i;
  for (const std::vector<int>& needed :
       {std::vector<int>{}, {0}, {99}, {3, 4}, {0, 50, 99}, {10, 20, 30, 40, 50, 60, 70}}) {
    int runs = 0;
    const auto fails = [&](const std::vector<int>& some) {
      ++runs;
      return std::ranges::includes(some, needed);
    };
    EXPECT_EQ(ddmin<int>(all, fails), needed);
    EXPECT_LT(runs, 1000);
  }
}

TEST(Ddmin, FewRunsWhenOneIsToBlame) {
  std::vector<int> all(1024);
  for (int i = 0; i < 1024; ++i) all[static_cast<std::size_t>(i)] = i;
  int runs = 0;
  const auto fails = [&](const std::vector<int>& some) {
    ++runs;
    return std::ranges::count(some, 777) > 0;
  };
  EXPECT_EQ(ddmin<int>(all, fails), std::vector<int>{777});
  EXPECT_LE(runs, 22);
}

TEST(Ddmin, AResultMayNeedThatSomethingIsMissing) {
  // Fails when 1 is there and 2 is not, or both with 3.
  const auto fails = [](const std::vector<int>& some) {
    const auto has = [&](int what) { return std::ranges::count(some, what) > 0; };
    return has(1) && (!has(2) || has(3));
  };
  EXPECT_EQ(ddmin<int>({1, 2, 3}, fails), std::vector<int>{1});
}

using examples::primary_backup_at_work;
using examples::storm;

TEST(Minimize, TheCorrectPairWeathersEveryStorm) {
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    const Minimized result = minimize(primary_backup_at_work(seed, false), storm(seed));
    EXPECT_EQ(result.property, "") << "seed " << seed << "\n" << result.story();
  }
}

TEST(Minimize, TheHastyBackupFailsAndFewFaultsAreLeft) {
  std::multiset<std::size_t> sizes;
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    const Minimized result = minimize(primary_backup_at_work(seed, true), storm(seed));
    if (result.property.empty()) continue;
    sizes.insert(result.plan.size());
    EXPECT_TRUE(result.is_minimal);
    EXPECT_GT(result.faults_before, 10U);
    EXPECT_LE(result.plan.size(), 10U) << "seed " << seed << "\n" << result.story();
    // It is what it says: enough, and none is too many.
    const auto fails = [&](const sim::Plan& plan) {
      sim::World world(seed, result.options);
      world.apply(plan);
      primary_backup_at_work(seed, true).play(world);
      return world.property() == result.property;
    };
    EXPECT_TRUE(fails(result.plan));
    for (std::size_t i = 0; i < result.plan.size(); ++i) {
      sim::Plan fewer = result.plan;
      fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
      EXPECT_FALSE(fails(fewer)) << result.story();
    }
  }
  ASSERT_GT(sizes.size(), 10U);
  EXPECT_EQ(*std::next(sizes.begin(), static_cast<std::ptrdiff_t>(sizes.size() / 2)), 1U)
      << "half of them need a single fault";
}

/// A seed whose storm breaks the hasty backup.
constexpr std::uint64_t unlucky = 24;

TEST(Minimize, TheSameSeedHasTheSameStory) {
  const auto story = [] {
    return minimize(primary_backup_at_work(unlucky, true), storm(unlucky)).story();
  };
  EXPECT_EQ(story(), story());
  EXPECT_EQ(story(),
            "the primary counts 11 entries on the backup, which has 10\n"
            "51 faults happened; this one is enough:\n"
            "  - node 2 crashes after the 1st effect of its next handler at 5s and restarts at 8s");
}

TEST(Minimize, TheLimitOfRunsIsKeptAndTold) {
  const Minimized whole = minimize(primary_backup_at_work(unlucky, true), storm(unlucky));
  ASSERT_FALSE(whole.property.empty());
  const Minimized result = minimize(primary_backup_at_work(unlucky, true), storm(unlucky), 5);
  EXPECT_EQ(result.runs, 5U);
  EXPECT_FALSE(result.is_minimal);
  EXPECT_GE(result.plan.size(), whole.plan.size());
}

TEST(Minimize, ARunThatDoesNotRepeatIsToldApart) {
  int runs = 0;
  const Experiment experiment{
      .seed = 1, .options = {.network = {.loss = 500'000}}, .play = [&runs](sim::World& world) {
        if (runs++ == 0) world.fail("runs are equal", "this one is not");
      }};
  const Minimized result = minimize(experiment, {});
  EXPECT_EQ(result.property, "runs are equal");
  EXPECT_FALSE(result.is_repeatable);
  EXPECT_FALSE(result.is_minimal);
  EXPECT_EQ(result.failure, "this one is not");
  EXPECT_EQ(runs, 2);
}

TEST(Minimize, LostMessagesAreFaultsThatCanBeTakenOut) {
  // Says that it fails when the first pong is lost, whatever else is.
  const Experiment experiment{
      .seed = 3, .options = {.network = {.loss = 300'000}}, .play = [](sim::World& world) {
        namespace ping = examples::ping;
        for (const NodeId id : {1, 2}) world.add(id, [] { return make_node(ping::Pinger()); });
        for (int i = 0; i < 30; ++i) world.input(1, ping::Protocol::Input(ping::Ask{2}));
        world.run_for(90ms);
        const auto answered = world.view<ping::Pinger::View>(1).answered;
        if (answered < 30) world.fail("all are answered at once", "one is not");
      }};
  const Minimized result = minimize(experiment, {});
  ASSERT_EQ(result.property, "all are answered at once");
  EXPECT_GT(result.faults_before, 5U);
  ASSERT_EQ(result.plan.size(), 1U) << result.story();
  EXPECT_EQ(result.plan[0].kind, sim::Fault::Kind::lose);
}

}  // namespace
}  // namespace octet
