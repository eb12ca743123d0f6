#include <functional>
#include <set>
#include <vector>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/random.h"
#include "graders/dsl/world/simulate.h"
#include "graders/stage4-raft/reads.h"
#include "graders/stage4-raft/replication.h"
#include "graders/stage4-raft/text.h"

/// Leases: for some time after a majority has answered, nobody else can lead (dissertation,
/// §6.4.1).
namespace octet::raft {
namespace {

using namespace std::chrono_literals;
using grading::Random;
using grading::simulate;
using sim::Envelope;
using sim::World;

GRADED_TEST(Reads, ALeaseNeedsNoMessage, 1,
            "with Reads::lease a leader that reaches a majority answers at once, without any "
            "message (dissertation, §6.4.1)") {
  for (const std::size_t size : {3U, 5U}) {
    simulate({.options = limited},
             [&](World& world) {
               Cluster cluster(world, size, that_reads(Reads::lease));
               Reader reader(world, cluster);
               reader.expect_read(cluster.servers());
               const NodeId leader = cluster.wait_for_a_settled_leader();
               cluster.expect_progress(cluster.servers());
               Random random(world.seed(), "moments");
               std::size_t answered = 0;
               for (std::size_t i = 0; i < 20; ++i) {
                 world.run_for(Duration(std::chrono::milliseconds(200 + random.below(300))));
                 world.isolate(leader);
                 const auto question = reader.read(leader);
                 world.run_for(1ms);
                 if (reader.is_answered(question)) ++answered;
                 world.heal();
               }
               EXPECT_GE(answered, 10U)
                   << "of 20 reads were answered while " << name(leader)
                   << " could hear nobody, for a millisecond each; before that all was well";
             });
  }
}

/// Some quick rounds, so that much happens within a lease.
const sim::WorldOptions quick = {.network = {.min_latency = 500us, .max_latency = 2ms},
                                 .max_events = 500'000};

/// Reads there for so long, while the others commit as soon as one of them leads.
void race(World& world, Cluster& cluster, Reader& reader, NodeId old, Duration time) {
  std::set<Term> terms;
  for (Duration passed{}; passed < time; passed += 4ms) {
    for (const NodeId id : cluster.leaders(cluster.others({old}))) {
      if (terms.insert(cluster.view(id).term).second) cluster.propose(id);
    }
    reader.read(old);
    world.run_for(4ms);
  }
}

/// Again and again a leader is lost at some moment, and asked on. `prepare` and `lose` do what they
/// want to it, one a second before the other.
void lose_leaders(World& world, Cluster& cluster, const std::function<void(NodeId)>& prepare,
                  const std::function<void(NodeId)>& lose) {
  Reader reader(world, cluster);
  Random random(world.seed(), "moments");
  for (int i = 0; i < 8; ++i) {
    const NodeId leader = cluster.wait_for_a_settled_leader();
    prepare(leader);
    world.run_for(Duration(std::chrono::milliseconds(1'000 + random.below(100))));
    if (cluster.view(leader).role == Role::leader) {
      reader.read_for(leader, 5ms, 20ms);
      lose(leader);
      race(world, cluster, reader, leader, 600ms);
    }
    connect_all(world.heal(), cluster);
    reader.expect_read(cluster.servers());
  }
}

GRADED_TEST(Reads, ALeaseEndsInTime, 1,
            "a lease begins when the round is sent that confirms it, and is over before others may "
            "vote, with clocks that differ by most_drift either way; the wall clock is not for "
            "this (RD4)") {
  constexpr std::int32_t drift = 300'000;
  simulate({.options = quick}, [&](World& world) {
    Cluster cluster(world, 5, that_reads(Reads::lease, drift));
    const auto make_slow = [&](NodeId leader) {
      for (const NodeId id : cluster.servers()) world.skew_clock(id, id == leader ? -drift : drift);
    };
    const auto lose = [&](NodeId leader) { world.isolate(leader).jump_clock(leader, -1h); };
    lose_leaders(world, cluster, make_slow, lose);
  });
  simulate({.options = quick}, [](World& world) {
    Cluster cluster(world, 5, that_reads(Reads::lease));
    bool is_late = false;
    NodeId late;
    const auto delay = [&](NodeId leader) {
      late = leader;
      is_late = true;
      world.delay([&](const Envelope& sent) { return is_late && sent.to == late; }, 180ms);
    };
    // What is under way comes yet.
    const auto lose = [&](NodeId leader) {
      is_late = false;
      for (const NodeId id : cluster.others({leader})) world.cut_one_way(leader, id);
      world.drop([=](const Envelope& sent) { return sent.to == leader; });
    };
    lose_leaders(world, cluster, delay, lose);
  });
}

/// What happens to the one voter that has promised something to the leader.
enum class Voter { nothing, restarts, wall_clock_jumps };

/// The candidate hears nothing of the leader, which is alone as soon as the candidate stands.
void ask_a_voter(World& world, Cluster& cluster, Reader& reader, Voter what) {
  const NodeId leader = cluster.wait_for_a_settled_leader();
  const NodeId voter = cluster.others({leader}).front();
  const NodeId candidate = cluster.others({leader}).back();
  expect_agreement(world, cluster);
  connect(world, cluster, {{leader, voter}, {voter, candidate}});
  const Term term = cluster.view(candidate).term;
  world.run_until([&] { return cluster.view(candidate).term != term; },
                  2 * cluster.config().election_timeout);
  world.isolate(leader);
  if (what == Voter::restarts) world.crash(voter).restart(voter);
  if (what == Voter::wall_clock_jumps) world.jump_clock(voter, 1h);
  race(world, cluster, reader, leader, 400ms);
  connect_all(world, cluster);
  reader.expect_read(cluster.servers());
}

/// The candidate is elected by the leader itself, which it takes out of its place, while the third
/// server keeps what it has promised.
void elect_by_the_leader(World& world, Cluster& cluster, Reader& reader) {
  const NodeId leader = cluster.wait_for_a_settled_leader();
  const NodeId candidate = cluster.others({leader}).back();
  expect_agreement(world, cluster);
  world.cut_one_way(leader, candidate);
  const auto leads = [&] { return cluster.view(candidate).role == Role::leader; };
  const auto stands = [&] { return cluster.view(candidate).role != Role::follower; };
  world.run_until(stands, 2 * cluster.config().election_timeout);
  world.heal_one_way(leader, candidate);  // its vote has to get there
  if (world.run_until(leads, 50ms)) {
    world.isolate(leader);
    race(world, cluster, reader, leader, 400ms);
  }
  connect_all(world, cluster);
  reader.expect_read(cluster.servers());
}

GRADED_TEST(Reads, ALeaseIsKept, 1,
            "who has heard a leader elects nobody for as long as a lease may be, also when it has "
            "been restarted, whatever its wall clock shows; a leader that steps down has no lease "
            "any more (RD4)") {
  const auto play = [](const std::function<void(World&, Cluster&, Reader&)>& round) {
    simulate({.options = quick}, [&](World& world) {
      Cluster cluster(world, 3, that_reads(Reads::lease));
      Reader reader(world, cluster);
      reader.expect_read(cluster.servers());
      for (int i = 0; i < 4; ++i) round(world, cluster, reader);
    });
  };
  for (const Voter what : {Voter::nothing, Voter::restarts, Voter::wall_clock_jumps}) {
    play([=](World& world, Cluster& cluster, Reader& reader) {
      ask_a_voter(world, cluster, reader, what);
    });
  }
  play(elect_by_the_leader);
}

}  // namespace
}  // namespace octet::raft
