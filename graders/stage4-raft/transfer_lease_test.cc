#include <functional>
#include <set>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/random.h"
#include "graders/dsl/world/simulate.h"
#include "graders/stage4-raft/reads.h"
#include "graders/stage4-raft/replication.h"
#include "graders/stage4-raft/transfers.h"

/// A lease says that nobody else can lead, and a leader that gives its place away wants just that
/// (dissertation, §6.4.1, RD4).
namespace octet::raft {
namespace {

using namespace std::chrono_literals;
using grading::Random;
using grading::simulate;
using sim::Envelope;
using sim::World;

const sim::WorldOptions quick = {.network = {.min_latency = 500us, .max_latency = 2ms},
                                 .max_events = 500'000};

/// The old leader is asked all the time, while the others commit as soon as one of them leads.
void race(World& world, Cluster& cluster, Reader& reader, NodeId old, Duration time) {
  std::set<Term> terms;
  for (Duration passed{}; passed < time; passed += 2ms) {
    for (const NodeId id : cluster.leaders(cluster.others({old}))) {
      if (terms.insert(cluster.view(id).term).second) cluster.propose(id);
    }
    reader.read(old);
    world.run_for(2ms);
  }
}

/// From now on the old leader hears nobody, and the target alone hears it.
void leave_with(World& world, NodeId old, NodeId target) {
  world.isolate(old).heal_one_way(old, target);
}

/// Somewhat after it was told to give its place away it is cut off.
void cut_off_in_time(World& world, Cluster& cluster, Reader& reader, Random& random) {
  const NodeId old = cluster.wait_for_a_settled_leader();
  const NodeId target = cluster.others({old}).front();
  reader.read_for(old, 5ms, 20ms);
  transfer(world, old, target);
  race(world, cluster, reader, old, std::chrono::milliseconds(2 * random.below(3)));
  leave_with(world, old, target);
  race(world, cluster, reader, old, 500ms);
}

/// All that it says to the target takes long, longer than it waits for it. So it leads again when
/// the target hears of its luck.
void be_told_late(World& world, Cluster& cluster, Reader& reader, Random& random) {
  const NodeId old = cluster.wait_for_a_settled_leader();
  const NodeId target = cluster.others({old}).front();
  const Duration late = cluster.config().election_timeout * 4 / 3;
  world.delay([=](const Envelope& sent) { return sent.from == old && sent.to == target; }, late);
  world.skew_clock(target, -500'000).run_for(1s);  // it does not stand while nothing comes
  world.skew_clock(target, 0);
  reader.read_for(old, 5ms, 20ms);
  transfer(world, old, target);
  race(world, cluster, reader, old, late - std::chrono::milliseconds(1 + random.below(6)));
  leave_with(world, old, target);
  race(world, cluster, reader, old, 500ms);
}

using Scene = std::function<void(World&, Cluster&, Reader&, Random&)>;

void play(std::size_t size, bool pre_vote, const Scene& scene) {
  simulate({.options = quick}, [&](World& world) {
    Config config = that_reads(Reads::lease);
    config.pre_vote = pre_vote;
    Cluster cluster(world, size, config);
    Reader reader(world, cluster);
    Random random(world.seed(), "moments");
    for (int i = 0; i < 5; ++i) {
      reader.expect_read(cluster.servers());
      scene(world, cluster, reader, random);
      connect_all(world.heal(), cluster);
    }
    reader.expect_read(cluster.servers());
    expect_some_transfer(world, cluster);
    reader.expect_read(cluster.servers());
  });
}

GRADED_TEST(Transfer, LeasesEnd, 1,
            "the lease of a leader ends before it tells another server to stand, which voters may "
            "elect at once; and it does not come back as long as that server may hear of it "
            "(LT4, RD1, RD4)") {
  for (const std::size_t size : {3U, 5U}) {
    for (const bool pre_vote : {false, true}) {
      play(size, pre_vote, cut_off_in_time);
      play(size, pre_vote, be_told_late);
    }
  }
}

}  // namespace
}  // namespace octet::raft
