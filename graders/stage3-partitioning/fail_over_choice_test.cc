#include <algorithm>
#include <memory>
#include <utility>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/world/simulate.h"
#include "graders/stage3-partitioning/replica_text.h"
#include "graders/stage3-partitioning/replicas.h"

/// Which replica leads after a fail-over (LF4).
namespace octet::followers {
namespace {

using namespace std::chrono_literals;
using grading::simulate;
using sim::Envelope;
using sim::World;

struct Size {
  std::size_t replicas;
  std::size_t durable_on;
};

/// The first of these, so many.
std::vector<NodeId> first_of(const std::vector<NodeId>& ids, std::size_t count) {
  return {ids.begin(), ids.begin() + static_cast<std::ptrdiff_t>(count)};
}

/// Nobody comes to lead in this epoch.
void expect_no_leader(World& world, const Replicas& replicas, Epoch epoch, const char* why) {
  world.run_for(30 * replicas.config().retry);
  EXPECT_EQ(replicas.rules().leaders().count(epoch), 0U) << "in epoch " << number(epoch) << why;
}

/// The one that is asked lags. Nothing gets from there to the one that should lead when that has
/// answered; later it does.
void lose_what_is_said_last(World& world) {
  Replicas replicas(world, 3, {.durable_on = 2});
  const NodeId leader = replicas.elect(replicas.ids().front());
  const NodeId lags = replicas.others({leader}).front();
  const NodeId has_it = replicas.others({leader}).back();
  world.isolate(lags);
  const Token token = replicas.put_done(leader);
  world.crash(leader).heal();
  const Epoch epoch = replicas.fail_over(lags);
  world.run_until([&] { return replicas.view(has_it).epoch == epoch; }, replicas.bound());
  world.cut_one_way(lags, has_it).run_for(500ms).heal();
  replicas.wait_for_leader(epoch, lags);
  replicas.wait_until_applied(token, {lags, has_it});
  world.restart(leader);
  replicas.expect_agreement();
}

GRADED_TEST(FailOver, WhoHasTheWritesLeads, 1,
            "who leads next has every write that was acknowledged, whichever replica was handed "
            "the fail-over, however many others lag, and whatever gets lost meanwhile (LF4)") {
  simulate({.options = limited}, lose_what_is_said_last);
  for (const auto& [size, durable_on] : {Size{3, 2}, Size{4, 2}, Size{5, 3}, Size{7, 4}}) {
    simulate({.options = limited, .runs = 2}, [=](World& world) {
      Replicas replicas(world, size, {.durable_on = durable_on});
      NodeId leader = replicas.elect(replicas.ids().front());
      for (std::size_t round = 0; round < size; ++round) {
        replicas.wait_until_applied(replicas.put_done(leader), replicas.ids());
        // Each in turn is among those few that have the write.
        auto followers = replicas.others({leader});
        std::ranges::rotate(
            followers, followers.begin() + static_cast<std::ptrdiff_t>(round % followers.size()));
        const auto with = first_of(followers, durable_on - 1);
        auto informed = with;
        informed.push_back(leader);
        const auto lagging = replicas.others(informed);
        cut(world, lagging, informed);
        const Token token = replicas.put_done(leader);
        world.crash(leader).heal();
        const NodeId old = leader;
        leader = replicas.elect(round % 2 == 0 ? lagging.back() : with.front());
        replicas.value(replicas.read(leader, "x", token));
        replicas.wait_until_applied(token, replicas.others({old}));
        world.restart(old);
      }
      replicas.expect_agreement();
    });
  }
}

/// A leader is alone with what it has taken last, and the others go on without it.
void let_the_newer_log_be_shorter(World& world, std::size_t size, bool ask_the_longer) {
  Replicas replicas(world, size, {.durable_on = size / 2 + 1});
  const NodeId first = replicas.elect(replicas.ids().front());
  replicas.wait_until_applied(replicas.put_done(first), replicas.ids());
  world.isolate(first);
  for (int i = 0; i < 8; ++i) replicas.put(first);
  world.run_for(500ms);
  const auto others = replicas.others({first});
  const NodeId second = replicas.elect(others.front());
  const Token token = replicas.put_done(second);
  world.run_for(1s).crash(second).heal();
  const auto rest = replicas.others({first, second});
  const NodeId third = replicas.elect(ask_the_longer ? first : rest.back());
  replicas.wait_until_applied(token, replicas.others({second}));
  EXPECT_NE(third, second) << "it is down";
  world.restart(second);
  replicas.expect_agreement();
}

/// A replica that lags hears the new leader, and gets nothing of it but that.
void let_one_hear_of_it_only(World& world) {
  Replicas replicas(world, 3, {.durable_on = 2, .most_entries = 1});
  const NodeId first = replicas.elect(replicas.ids().front());
  const auto followers = replicas.others({first});
  cut(world, {followers.back()}, {first, followers.front()});
  Token token;
  for (int i = 0; i < 3; ++i) token = replicas.put_done(first);
  world.crash(first).heal();
  const NodeId second = replicas.elect(followers.back());
  const NodeId lags = second == followers.back() ? followers.front() : followers.back();
  auto messages = std::make_shared<int>(0);
  world.drop([=](const Envelope& message) {
    return message.from == second && (message.to != lags || (*messages)++ > 0);
  });
  world.run_for(500ms).crash(second).heal().restart(first);
  replicas.elect(lags);
  replicas.wait_until_applied(token, {first, lags});
  world.restart(second);
  replicas.expect_agreement();
}

GRADED_TEST(FailOver, NewerBeatsLonger, 1,
            "of two logs the one whose last entry is of a later epoch is better, though the other "
            "one be longer; and only entries count, not of which epoch a replica has heard (LF4)") {
  for (const std::size_t size : {3U, 5U}) {
    for (const bool ask_the_longer : {false, true}) {
      simulate({.options = limited},
               [=](World& world) { let_the_newer_log_be_shorter(world, size, ask_the_longer); });
    }
  }
  simulate({.options = limited}, let_one_hear_of_it_only);
}

/// One follower alone has the write, and those that can be asked do not know that.
void leave_out_the_one_that_has_it(World& world, const Size& size) {
  Replicas replicas(world, size.replicas, {.durable_on = size.durable_on});
  const NodeId leader = replicas.elect(replicas.ids().front());
  replicas.wait_until_applied(replicas.put_done(leader), replicas.ids());
  auto informed = first_of(replicas.others({leader}), size.durable_on - 1);
  informed.push_back(leader);
  const auto lagging = replicas.others(informed);
  cut(world, lagging, informed);
  const Token token = replicas.put_done(leader);
  world.duplicate([](const Envelope&) { return true; }, 30ms);
  const Epoch epoch = replicas.fail_over(lagging.front());
  expect_no_leader(world, replicas, epoch,
                   " too few have been asked: not one of them has a write that is acknowledged");
  world.heal();
  replicas.wait_for_leader(epoch, lagging.front());
  replicas.wait_until_applied(token, replicas.ids());
  replicas.expect_agreement();
}

/// As many are down as may be.
void ask_no_more_than_enough(World& world, const Size& size, std::size_t enough) {
  Replicas replicas(world, size.replicas, {.durable_on = size.durable_on});
  const NodeId leader = replicas.elect(replicas.ids().front());
  replicas.wait_until_applied(replicas.put_done(leader), replicas.ids());
  const Token token = replicas.put_done(leader);
  const auto others = replicas.others({leader});
  const std::vector<NodeId> rest(others.end() - static_cast<std::ptrdiff_t>(enough), others.end());
  for (const NodeId id : replicas.others(rest)) world.crash(id);
  replicas.put_done(replicas.elect(rest.back()));
  if (size.durable_on > 1) replicas.wait_until_applied(token, rest);
  for (const NodeId id : replicas.ids()) world.restart(id);
  replicas.expect_agreement();
}

/// What a replica has promised in an epoch comes when the next one has been asked for.
void let_an_answer_come_late(World& world) {
  Replicas replicas(world, 3);
  const NodeId leader = replicas.elect(replicas.ids().front());
  replicas.wait_until_applied(replicas.put_done(leader), replicas.ids());
  const auto followers = replicas.others({leader});
  const NodeId asks = followers.front();
  const NodeId answers = followers.back();
  cut(world, {asks}, {leader});
  world.delay([=](const Envelope& message) { return message.to == asks; }, 1s);
  replicas.fail_over(asks);
  world.run_for(200ms).cut_one_way(asks, answers);
  const Token token = replicas.put_done(replicas.elect(leader));
  const Epoch epoch = replicas.fail_over(asks);
  expect_no_leader(world, replicas, epoch, ": who has answered that was asked for an earlier one");
  world.heal();
  replicas.elect(asks);
  replicas.wait_until_applied(token, replicas.ids());
  replicas.expect_agreement();
}

GRADED_TEST(FailOver, EnoughAreAsked, 1,
            "nobody leads until so many replicas have been asked that one of them has each "
            "acknowledged write, each counted once, and for this epoch; no more are needed than "
            "that and a majority (LF4)") {
  for (const Size& size : {Size{3, 2}, Size{4, 2}, Size{5, 2}, Size{7, 2}, Size{7, 3}}) {
    simulate({.options = limited},
             [=](World& world) { leave_out_the_one_that_has_it(world, size); });
  }
  simulate({.options = limited}, let_an_answer_come_late);
  for (const auto& [size, enough] :
       {std::pair{Size{3, 1}, 2}, std::pair{Size{5, 1}, 3}, std::pair{Size{5, 2}, 4},
        std::pair{Size{5, 3}, 3}, std::pair{Size{7, 4}, 4}}) {
    simulate({.options = limited}, [size = size, enough = enough](World& world) {
      ask_no_more_than_enough(world, size, static_cast<std::size_t>(enough));
    });
  }
}

GRADED_TEST(FailOver, OldEntriesAreNotSafe, 1,
            "an entry of an earlier epoch is not safe because enough replicas have it: one with a "
            "later last entry may lead yet, and write over it (LF3, LF4; as in Raft, Figure 8)") {
  simulate({.options = limited, .runs = 2}, [](World& world) {
    Replicas replicas(world, 3, {.durable_on = 2, .most_entries = 1});
    const NodeId first = replicas.elect(replicas.ids().front());
    replicas.wait_until_applied(replicas.put_done(first), replicas.ids());
    world.isolate(first);
    const std::size_t old = replicas.put(first);
    world.run_for(100ms).crash(first);
    // The next leader keeps for itself what it takes.
    const NodeId second = replicas.elect(replicas.others({first}).front());
    world.isolate(second);
    replicas.put(second);
    world.run_for(100ms).crash(second).heal().restart(first);
    const NodeId other = replicas.others({first, second}).front();
    if (replicas.elect(first) == first) {
      world.run_until([&] { return replicas.has_in_log(other, old); }, replicas.bound());
      // Now two of three have the old entry. The leader gets answers, and sends in vain.
      world.cut_one_way(first, other).run_for(1s).crash(first).heal().restart(second);
      replicas.elect(other);
      world.run_for(1s).restart(first);
    }
    world.restart(second);
    replicas.expect_agreement();
  });
}

}  // namespace
}  // namespace octet::followers
