#include "graders/dsl/graded_test.h"
#include "graders/dsl/world/simulate.h"
#include "graders/stage4-raft/asking.h"
#include "graders/stage4-raft/reads.h"
#include "graders/stage4-raft/replication.h"
#include "graders/stage4-raft/text.h"
#include "graders/stage4-raft/transfers.h"

/// A leader gives its place away (dissertation, §3.10).
namespace octet::raft {
namespace {

using namespace std::chrono_literals;
using grading::simulate;
using sim::Envelope;
using sim::World;

std::vector<Config> all_ways() {
  std::vector<Config> ways;
  for (const Reads reads : {Reads::log, Reads::index, Reads::lease}) {
    for (const bool pre_vote : {false, true}) {
      ways.push_back(that_reads(reads));
      ways.back().pre_vote = pre_vote;
    }
  }
  return ways;
}

/// From one server to the next, while they are asked to take proposals and to read.
void pass_on(World& world, std::size_t size, const Config& config) {
  Cluster cluster(world, size, config);
  Proposals proposals(world, cluster);
  Reader reader(world, cluster);
  NodeId leader = cluster.wait_for_a_settled_leader();
  cluster.expect_progress(cluster.servers());
  for (int i = 0; i < 4; ++i) {
    const auto others = cluster.others({leader});
    const NodeId to = others[static_cast<std::size_t>(i) % others.size()];
    proposals.propose(leader, 3);
    proposals.keep_proposing(leader, 2ms, world.now() + 400ms);
    if (config.reads != Reads::log) reader.keep_reading(5ms, world.now() + 400ms);
    expect_transfer(world, cluster, leader, to);
    world.run_for(2s);
    for (const NodeId id : cluster.servers()) {
      EXPECT_EQ(number(cluster.view(id).term), number(cluster.view(to).term))
          << name(id) << " is in another term than " << name(to) << ", which leads for two seconds";
    }
    EXPECT_EQ(cluster.leaders(), std::vector<NodeId>{to});
    cluster.expect_progress(cluster.servers());
    leader = to;
  }
  proposals.expect_ended();
}

/// All that the old leader sends meanwhile comes once more, when others lead.
void repeat_what_was_said(World& world, const Config& config) {
  Cluster cluster(world, 5, config);
  const NodeId first = cluster.wait_for_a_settled_leader();
  cluster.expect_progress(cluster.servers());
  const NodeId second = cluster.others({first}).front();
  const NodeId third = cluster.others({first}).back();
  const Duration begin = world.now();
  world.duplicate(
      [&, begin](const Envelope& sent) {
        return sent.from == first && world.now() < begin + cluster.config().election_timeout;
      },
      3s);
  expect_transfer(world, cluster, first, second);
  world.run_for(1s);
  expect_transfer(world, cluster, second, third);
  world.run_for(1s);
  const Standing before = standing(cluster);
  world.run_for(3s);
  expect_unchanged(cluster, before, "what an old leader had said came once more");
  cluster.expect_progress(cluster.servers());
}

GRADED_TEST(Transfer, TheTargetLeads, 1,
            "a leader gives its place to the server that the application names, before an election "
            "timeout is over and in the next term, and nothing is lost. What it has said then is "
            "worth nothing later (LT1, LT3, LT4, RF11)") {
  for (const Config& config : all_ways()) {
    for (const std::size_t size : {2U, 3U, 5U}) {
      simulate({.options = limited}, [&](World& world) { pass_on(world, size, config); });
    }
    simulate({.options = limited}, [&](World& world) { repeat_what_was_said(world, config); });
  }
}

/// The target has missed some messages full of entries, and more are proposed all the time.
void lag_behind(World& world, std::size_t size, bool pre_vote) {
  Config config = with_most_bytes(100);
  config.pre_vote = pre_vote;
  Cluster cluster(world, size, config);
  Proposals proposals(world, cluster);
  const NodeId leader = cluster.wait_for_a_settled_leader();
  cluster.expect_progress(cluster.servers());
  const NodeId to = cluster.others({leader}).front();
  const Term term = cluster.view(leader).term;
  const std::size_t leaders = cluster.figure3().leaders().size();
  world.skew_clock(to, -500'000);  // it stands late
  world.cut_one_way(leader, to);
  proposals.propose(leader, 50);
  world.run_for(150ms).heal();
  proposals.keep_proposing(leader, 2ms, world.now() + 6s);
  const auto has_changed = [&] { return cluster.leaders() != std::vector<NodeId>{leader}; };
  for (int i = 0; i < 10 && !has_changed(); ++i) {
    transfer(world, leader, to);
    world.run_until(has_changed, cluster.config().election_timeout);
    if (!has_changed()) world.run_for(300ms);
  }
  cluster.wait_for_leader();
  world.run_for(1s);
  EXPECT_EQ(cluster.leaders(), std::vector<NodeId>{to})
      << name(to) << " was to lead, and lacked entries when it was asked for";
  EXPECT_EQ(number(cluster.view(to).term), number(term) + 1)
      << "who lacks entries is brought up before it stands: it would stand in vain";
  EXPECT_EQ(cluster.figure3().leaders().size(), leaders + 1);
  world.run_for(6s);
  cluster.expect_progress(cluster.servers());
  proposals.expect_ended();
}

GRADED_TEST(Transfer, TheTargetIsBroughtUp, 1,
            "a server that lacks entries gets them before it is told to stand, in messages of "
            "most_bytes, and takes over although more is proposed all the time (LT1, RF10)") {
  for (const std::size_t size : {3U, 5U}) {
    for (const bool pre_vote : {false, true}) {
      simulate({.options = {.max_events = 500'000}, .runs = 3},
               [&](World& world) { lag_behind(world, size, pre_vote); });
    }
  }
}

}  // namespace
}  // namespace octet::raft
