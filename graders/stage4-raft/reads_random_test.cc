#include "graders/dsl/graded_test.h"
#include "graders/dsl/world/simulate.h"
#include "graders/stage4-raft/reads.h"
#include "graders/stage4-raft/text.h"

/// Reads while much is broken.
namespace octet::raft {
namespace {

using namespace std::chrono_literals;
using grading::simulate;
using sim::World;

GRADED_TEST(Reads, RandomReads, 1,
            "a read reflects what was committed before it, at all servers, whatever crashes, "
            "pauses, is cut off or comes late, with clocks that drift and jump (RD1 to RD4)") {
  for (const Reads reads : both_ways) {
    for (const std::size_t size : {3U, 5U}) {
      const sim::Storm storm{.nodes = servers_of_size(size),
                             .end = 6s,
                             .longest = 2s,
                             .crashes = 3,
                             .torn_handlers = 3,
                             .pauses = 3,
                             .cuts = 4,
                             .partitions = 3,
                             .drifts = 3,
                             .jumps = 3};
      std::size_t answered = 0;
      std::size_t terms = 0;
      simulate({.options = rough, .storm = storm, .runs = 3}, [&](World& world) {
        Cluster cluster(world, size, that_reads(reads, 100'000));
        Reader reader(world, cluster);
        cluster.keep_proposing(50ms, 6s);
        reader.keep_reading(20ms, 6s);
        world.run_for(7s);
        for (const NodeId id : cluster.servers()) answered += reader.answered(id);
        terms += cluster.figure3().leaders().size();
        reader.expect_read(cluster.servers());
      });
      EXPECT_GT(answered, 60U) << "the test means nothing when hardly a read is answered";
      EXPECT_GT(terms, 4U) << "or when one server leads all the time";
    }
  }
}

}  // namespace
}  // namespace octet::raft
