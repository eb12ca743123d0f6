#include "graders/dsl/graded_test.h"
#include "graders/dsl/world/simulate.h"
#include "graders/stage4-raft/cluster.h"

/// Leaders and terms (§5.1, §5.2).
namespace octet::raft {
namespace {

using namespace std::chrono_literals;
using grading::simulate;
using sim::World;

GRADED_TEST(Election, OneLeads, 20,
            "servers that can talk to each other elect one of them, and that one stays (RF9)") {
  for (const std::size_t size : {1U, 2U, 3U, 4U, 5U, 7U}) {
    simulate({.runs = 5}, [&](World& world) {
      Cluster cluster(world, size);
      cluster.wait_for_leader();
      cluster.expect_progress(cluster.servers());
      world.run_for(10s);
    });
  }
}

}  // namespace
}  // namespace octet::raft
