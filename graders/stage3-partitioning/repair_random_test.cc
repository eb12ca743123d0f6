#include <fmt/format.h>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/world/simulate.h"
#include "graders/stage3-partitioning/repairs.h"
#include "graders/stage3-partitioning/store_load.h"

/// Repair when much has been broken.
namespace octet::store {
namespace {

using namespace std::chrono_literals;
using grading::fail;
using grading::simulate;
using sim::World;

constexpr sim::NetworkOptions rough_network{
    .loss = 30'000, .duplication = 50'000, .long_delay = 20'000, .longest_delay = 5s};

const sim::Storm storm{.nodes = {21, 4, 37, 9, 2},
                       .begin = 500ms,
                       .end = 6s,
                       .longest = 3s,
                       .crashes = 5,
                       .torn_handlers = 5,
                       .cuts = 4,
                       .partitions = 3,
                       .slow_disks = 2};

/// All copies are equal, so one of them says what there is.
void expect_all_is_whole(const StoreCluster& store) {
  for (const std::string& key : keys_of_load()) {
    const Values values = held(store, store.owners(key).front(), key);
    const std::string wrong = store.rules().whole(key, values);
    if (!wrong.empty()) fail(fmt::format("after all is repaired there is {} (AE1, AE4)", wrong));
  }
}

void repair_after_storms(const Setup& setup) {
  constexpr std::uint64_t runs = 4;
  std::size_t done = 0;
  simulate({.options = {.network = rough_network, .max_events = 1'000'000},
            .storm = storm,
            .runs = runs},
           [&](World& world) {
             StoreCluster store(world, setup);
             keep_asking(world, store, 40ms, 6s);
             world.run_for(7s);
             store.wait_for_all();
             done += store.done();
             wait_until_given_away(world, store);
             wait_until_equal(world, store);
             world.run_for(5s);  // what was sent in the storm and comes late
             wait_until_equal(world, store);
             expect_all_is_whole(store);
           });
  EXPECT_GT(done, runs * 30U) << "the test means little when so little is done";
}

GRADED_TEST(AntiEntropy, WhateverIsBroken, 1,
            "when a storm is over, hints are given away and copies become equal: with all that was "
            "stored, and nothing that was replaced by who had seen it (AE1 to AE4)") {
  for (const bool sloppy : {false, true}) {
    repair_after_storms(
        {.nodes = 5, .partitions = 5, .copies = 3, .config = with_quorums(2, 2, sloppy)});
  }
}

}  // namespace
}  // namespace octet::store
