#include "graders/dsl/graded_test.h"
#include "graders/dsl/random.h"
#include "graders/dsl/world/simulate.h"
#include "graders/stage4-raft/cluster.h"

/// Elections while much is broken (§5.2).
namespace octet::raft {
namespace {

using namespace std::chrono_literals;
using grading::Random;
using grading::simulate;
using sim::World;

/// Every link has a delay of its own for a while, about as long as an election takes.
void keep_changing_delays(World& world, const Cluster& cluster, Duration until) {
  Random random(world.seed(), "delays");
  for (Duration at{}; at < until; at += 500ms) {
    world.at(at, [&world, &cluster, random]() mutable {
      world.heal();
      for (const NodeId from : cluster.servers()) {
        const auto by = std::chrono::milliseconds(random.below(400));
        world.delay([=](const auto& message) { return message.from == from; }, by);
      }
    });
    random.next();
  }
  world.at(until, [&world] { world.heal(); });
}

GRADED_TEST(Election, CrowdedElections, 1,
            "one leader in each term, when messages take as long as the timeouts, come twice, or "
            "never (RF1, RF6); a leader when that is over (RF9)") {
  const sim::WorldOptions options = {.network = {.loss = 50'000, .duplication = 300'000},
                                     .max_events = 500'000};
  for (const std::size_t size : {3U, 4U, 5U, 7U}) {
    simulate({.options = options, .runs = 10}, [&](World& world) {
      Cluster cluster(world, size);
      keep_changing_delays(world, cluster, 20s);
      world.run_for(21s);
      cluster.wait_for_a_settled_leader();
    });
  }
}

GRADED_TEST(Election, CutsAndPauses, 1,
            "one leader in each term, whoever is cut off, on one side or both, or pauses (RF1)") {
  const sim::WorldOptions options = {
      .network = {.duplication = 100'000, .long_delay = 20'000, .longest_delay = 3s},
      .max_events = 500'000};
  for (const std::size_t size : {3U, 5U, 7U}) {
    const sim::Storm storm{.nodes = servers_of_size(size),
                           .end = 20s,
                           .longest = 4s,
                           .pauses = 6,
                           .cuts = 10,
                           .partitions = 6,
                           .drifts = 2};
    simulate({.options = options, .storm = storm, .runs = 10}, [&](World& world) {
      Cluster cluster(world, size);
      world.run_for(25s);
      cluster.wait_for_a_settled_leader();
    });
  }
}

}  // namespace
}  // namespace octet::raft
