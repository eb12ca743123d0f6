#include "graders/stage2-clocks-rpc/election_trials.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "graders/dsl/graded_test.h"
#include "graders/stage2-clocks-rpc/cases.h"
#include "runtime/erase/json.h"

namespace octet::election {
namespace {

using namespace std::chrono_literals;
using grading::simulate;
using grading::simulate_each;
using grading::tell;
using grading::Trial;
using sim::World;

struct Initiators {
  std::size_t size;
  std::size_t down;  // so many of the highest
  std::vector<std::size_t> ranks;
  bool again;  // each is told once more in the middle
};

std::vector<Initiators> all_initiators() {
  std::vector<Initiators> all;
  for (const std::size_t size : {1U, 2U, 3U, 5U, 7U}) {
    for (const std::size_t down : {0U, 1U, 2U}) {
      if (down >= size) continue;
      std::vector<std::size_t> everybody;
      for (std::size_t rank = 0; rank < size - down; ++rank) {
        all.push_back({size, down, {rank}, false});
        everybody.push_back(rank);
      }
      all.push_back({size, down, everybody, false});
      all.push_back({size, down, everybody, true});
    }
  }
  return all;
}

void hold(World& world, Electorate& voters, const Initiators& by) {
  for (std::size_t i = 0; i < by.down; ++i) voters.crash(voters.highest_up());
  voters.expect_nobody_but(voters.highest_up());
  for (const std::size_t rank : by.ranks) voters.elect(voters.id(rank));
  if (by.again) world.run_for(25ms);
  for (const std::size_t rank : by.ranks) {
    if (by.again) voters.elect(voters.id(rank));
  }
  voters.run_for_an_election();
}

}  // namespace

void try_every_initiator(Make make) {
  for (const sim::NetworkOptions& network : latencies()) {
    simulate_each({.network = network}, all_initiators(), [&](World& world, const Initiators& by) {
      Electorate voters(world, make, by.size);
      hold(world, voters, by);
      voters.expect_agreement("the Elect");
    });
  }
}

namespace {

/// Four processes of which the highest is down; then a second one crashes.
struct CrashAt {
  std::size_t initiator;
  std::size_t victim;
  std::uint64_t events;  // so many into the election, in its next handler
  std::size_t effects;
  bool comes_back;
};

std::vector<CrashAt> all_crashes() {
  std::vector<CrashAt> all;
  for (const std::size_t initiator : {0U, 1U}) {
    for (const std::size_t victim : {0U, 1U, 2U}) {
      for (std::uint64_t events = 0; events < 24; ++events) {
        for (const std::size_t effects : {0U, 1U, 2U, 3U}) {
          all.push_back({initiator, victim, events, effects, (events + effects) % 2 == 1});
        }
      }
    }
  }
  return all;
}

/// Whoever was told, and is still up, has not waited in vain.
void expect_an_answer(World& world, const Electorate& voters, NodeId initiator, NodeId old_leader) {
  if (!world.is_up(initiator) || voters.leader(initiator) != old_leader) return;
  world.fail("an election ends",
             fmt::format("process {} was told to hold an election, and {} later it still takes "
                         "process {} for the leader, which was down all the time (E3)",
                         initiator.value, erase::duration_text(voters.bound()), old_leader.value));
}

/// The applications notice when their leader is down.
void notice(World& world, Electorate& voters) {
  for (const NodeId id : voters.up()) {
    const auto leader = voters.leader(id);
    if (!leader || !world.is_up(*leader)) return voters.elect(id);
  }
}

void play_crash(World& world, Make make, const CrashAt& at) {
  Electorate voters(world, make, 4);
  const NodeId old_leader = voters.highest_up();
  const NodeId victim = voters.id(at.victim);
  const NodeId initiator = voters.id(at.initiator);
  voters.crash(old_leader);
  if (at.events == 0) world.crash_after_effects(victim, at.effects);
  voters.elect(initiator);
  const std::uint64_t begin = world.events();
  world.run_until([&] { return world.events() >= begin + at.events; }, voters.bound());
  if (at.events > 0) world.crash_after_effects(victim, at.effects);
  if (at.comes_back) {
    world.run_until([&] { return !world.is_up(victim); }, voters.bound());
    voters.crash(victim);  // it had no step to take any more
    world.run_for(15ms);
    voters.restart(victim);
  }
  voters.run_for_an_election();
  if (at.comes_back) return voters.expect_agreement("the restart");
  expect_an_answer(world, voters, initiator, old_leader);
  voters.crash(victim);
  notice(world, voters);
  voters.run_for_an_election();
  voters.expect_agreement("the last crash was noticed");
  voters.expect_silence();
}

}  // namespace

void try_a_crash_at_any_step(Make make) {
  simulate_each({.network = latencies()[0]}, all_crashes(),
                [&](World& world, const CrashAt& at) { play_crash(world, make, at); });
}

namespace {

void play_comeback(World& world, Make make, Duration after) {
  Electorate voters(world, make, 5);
  const NodeId highest = voters.highest_up();
  voters.crash(highest);
  voters.elect(voters.id(1));
  world.run_for(after);
  voters.restart(highest);
  voters.run_for_an_election();
  voters.expect_agreement("the restart of the highest");
}

/// A pause breaks what elections rely on: somebody else leads meanwhile. The next election mends
/// it.
void play_pause(World& world, Make make, Duration after) {
  Electorate voters(world, make, 4);
  const NodeId highest = voters.highest_up();
  voters.elect(voters.id(0));
  world.run_for(after);
  world.pause(highest);
  voters.run_for_an_election();
  world.resume(highest);
  voters.run_for_an_election();
  voters.elect(voters.id(0));
  voters.run_for_an_election();
  voters.expect_agreement("the Elect after a pause of the highest");
}

struct Overtaking {
  std::size_t slow_from;
  std::size_t slow_to;
  Duration after;
};

std::vector<Overtaking> all_overtakings() {
  std::vector<Overtaking> all;
  for (const std::size_t from : {0U, 1U, 2U}) {
    for (const std::size_t to : {0U, 1U, 2U}) {
      if (from == to) continue;
      for (Duration after = 0ms; after < 70ms; after += 1ms) all.push_back({from, to, after});
    }
  }
  return all;
}

/// One slow link: what was true when it was sent arrives after what is true now.
void play_overtaking(World& world, Make make, const Overtaking& at) {
  Electorate voters(world, make, 3);
  const NodeId highest = voters.highest_up();
  world.delay(
      [from = voters.id(at.slow_from), to = voters.id(at.slow_to)](const sim::Envelope& message) {
        return message.from == from && message.to == to;
      },
      8'800us);
  voters.crash(highest);
  voters.elect(voters.id(1));
  world.run_for(at.after);
  voters.restart(highest);
  voters.run_for_an_election();
  voters.expect_agreement("the restart of the highest, over a slow link");
}

std::vector<Duration> moments() {
  std::vector<Duration> moments;
  for (Duration at = 0ms; at < 120ms; at += 3ms) moments.push_back(at);
  moments.push_back(5s);
  return moments;
}

void play_storm(World& world, Make make) {
  Electorate voters(world, make, 5);
  for (int i = 0; i < 20; ++i) {
    const NodeId id = voters.id(static_cast<std::size_t>(i) % voters.size());
    world.at(world.now() + i * 150ms, [&voters, id] { voters.elect(id); });
  }
  world.run_for(10s);
  voters.elect(voters.id(0));
  voters.run_for_an_election();
  voters.expect_agreement("the last Elect");
}

}  // namespace

void try_comebacks(Make make) {
  const sim::WorldOptions options{.network = latencies()[0], .max_events = 100'000};
  simulate_each(options, moments(),
                [&](World& world, Duration at) { play_comeback(world, make, at); });
  // So quick that a new leader is known while somebody still waits for one that is down.
  simulate_each({.network = latencies()[1]}, moments(),
                [&](World& world, Duration at) { play_comeback(world, make, at); });
  simulate_each(options, moments(),
                [&](World& world, Duration at) { play_pause(world, make, at); });
  simulate_each({.network = latencies()[1]}, all_overtakings(),
                [&](World& world, const Overtaking& at) { play_overtaking(world, make, at); });
  const sim::Storm storm{.nodes = {3, 7, 12, 40, 88},
                         .begin = 5s,
                         .end = 8s,
                         .longest = 500ms,
                         .crashes = 8,
                         .torn_handlers = 8};
  simulate({.options = options, .storm = storm, .runs = 30},
           [&](World& world) { play_storm(world, make); });
}

void try_counting(Make make, std::uint64_t (*most_messages)(std::uint64_t)) {
  simulate_each({.network = latencies()[0]}, all_initiators(),
                [&](World& world, const Initiators& by) {
                  Electorate voters(world, make, by.size);
                  const std::uint64_t before = voters.messages();
                  hold(world, voters, by);
                  EXPECT_LE(voters.messages() - before, most_messages(by.size) * (by.again ? 2 : 1))
                      << "messages for one election (or two, if told twice) of " << by.size
                      << " processes (E4)";
                  voters.expect_agreement("the Elect");
                  voters.expect_silence();
                });
}

}  // namespace octet::election
