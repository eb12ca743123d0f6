#include <memory>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/random.h"
#include "graders/dsl/world/simulate.h"
#include "graders/stage3-partitioning/leaders_group.h"

/// Several leaders while much is broken.
namespace octet::leaders {
namespace {

using namespace std::chrono_literals;
using grading::simulate;
using sim::World;

/// Messages are lost, come twice, and come seconds late.
const sim::WorldOptions rough = {
    .network = {.loss = 50'000, .duplication = 100'000, .long_delay = 20'000, .longest_delay = 3s},
    .max_events = 500'000};

/// A write every so often, of any leader.
void keep_writing(World& world, Group& group, Duration every, Duration until) {
  auto random = std::make_shared<grading::Random>(world.seed(), "writes");
  for (Duration at = every; at < until; at += every) {
    world.at(at, [&group, random] {
      const NodeId id = group[random->below(group.size())];
      const std::string name = "k" + std::to_string(random->below(4));
      if (random->below(3) == 0) return group.add(id, name);
      group.set(id, name);
    });
  }
}

GRADED_TEST(MultiLeader, WhateverIsBroken, 1,
            "leaders that crash, are cut off and lose messages agree when that is over, each write "
            "has counted once, and in causal mode no effect was shown without its cause (ML1 to "
            "ML4)") {
  for (const std::size_t size : {4U, 7U}) {
    for (const bool causal : {false, true}) {
      const sim::Storm storm{.nodes = mesh(size).leaders,
                             .end = 8s,
                             .longest = 2s,
                             .crashes = 4,
                             .torn_handlers = 4,
                             .cuts = 4,
                             .partitions = 2,
                             .drifts = 2,
                             .jumps = 2,
                             .slow_disks = 2};
      simulate({.options = rough, .storm = storm, .runs = 2}, [&](World& world) {
        Group group(world, random_graph(size, world.seed()), {.causal = causal});
        keep_writing(world, group, 60ms, 7s);
        world.run_for(8s);
        group.set(group[0], "last");
        EXPECT_TRUE(group.expect_agreement(20s).values.contains("last"));
      });
    }
  }
}

}  // namespace
}  // namespace octet::leaders
