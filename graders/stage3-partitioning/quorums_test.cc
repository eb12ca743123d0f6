#include "graders/dsl/graded_test.h"
#include "graders/dsl/world/simulate.h"
#include "graders/stage3-partitioning/store_cluster.h"

/// What a read and a write of several copies give (DQ1, DQ2, DQ4).
namespace octet::store {
namespace {

using namespace std::chrono_literals;
using grading::simulate;
using sim::World;
using Values = std::vector<std::string>;

GRADED_TEST(Quorums, WhatIsWrittenIsRead, 1,
            "what one node has stored another one reads, for any key and value (DQ1)") {
  for (const std::size_t nodes : {1U, 3U, 5U, 7U}) {
    simulate({}, [=](World& world) {
      const std::uint32_t copies = nodes == 1 ? 1 : 3;
      Config config;
      config.reads = config.writes = copies == 1 ? 1 : 2;
      StoreCluster store(world,
                         {.nodes = nodes, .partitions = 4, .copies = copies, .config = config});
      const std::vector<std::string> keys = {"", "x", std::string("\0\xff\n", 3),
                                             std::string(2000, 'k')};
      for (const std::string& key : keys) {
        EXPECT_EQ(store.got(store.get(store.nodes().back(), key)).values, Values());
        store.stored(store.put(store.nodes().front(), key, key + "'s value"));
      }
      for (const std::string& key : keys) {
        EXPECT_EQ(store.got(store.get(store.nodes().back(), key)).values, Values{key + "'s value"});
      }
    });
  }
}

}  // namespace
}  // namespace octet::store
