#include "graders/dsl/graded_test.h"
#include "graders/dsl/world/simulate.h"
#include "graders/stage3-partitioning/store_load.h"

/// Requests while much is broken.
namespace octet::store {
namespace {

using namespace std::chrono_literals;
using grading::simulate;
using sim::World;

constexpr sim::NetworkOptions rough_network{
    .loss = 30'000, .duplication = 30'000, .long_delay = 5'000, .longest_delay = 3s};

void ask_in_storms(const Setup& setup, std::uint64_t runs) {
  const sim::Storm storm{.nodes = {21, 4, 37, 9, 2},
                         .begin = 500ms,
                         .end = 6s,
                         .longest = 1500ms,
                         .crashes = 4,
                         .torn_handlers = 4,
                         .cuts = 4,
                         .partitions = 3,
                         .slow_disks = 2};
  std::size_t done = 0;
  simulate({.options = {.network = rough_network, .max_events = 1'000'000},
            .storm = storm,
            .runs = runs},
           [&](World& world) {
             StoreCluster store(world, setup);
             keep_asking(world, store, 30ms, 6s);
             world.run_for(7s);
             store.wait_for_all();
             done += store.done();
             if (!setup.config.sloppy) expect_all_is_there(store);
           });
  EXPECT_GT(done, runs * 40U) << "the test means little when so little is done";
}

GRADED_TEST(Quorums, StrictWhateverIsBroken, 1,
            "what is read is what was stored and what nobody has replaced who had seen it, while "
            "nodes crash and messages are lost, late or doubled (DQ1 to DQ4)") {
  ask_in_storms({.nodes = 5, .partitions = 3, .copies = 3, .config = with_quorums(2, 2)}, 4);
  ask_in_storms({.nodes = 5, .copies = 5, .config = with_quorums(3, 3)}, 2);
}

GRADED_TEST(Quorums, SloppyWhateverIsBroken, 1,
            "stand-ins, too, give what was written, and no value beside one that was written by "
            "somebody who had seen it (DQ2, DQ4)") {
  ask_in_storms({.nodes = 5, .partitions = 3, .copies = 3, .config = with_quorums(2, 2, true)}, 4);
}

}  // namespace
}  // namespace octet::store
