#include <string>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/world/simulate.h"
#include "graders/stage4-raft/cluster.h"
#include "graders/stage4-raft/kv_cluster.h"

/// What operations do, when nothing is broken.
namespace octet::kv {
namespace {

using namespace std::chrono_literals;
using grading::simulate;
using raft::limited;
using sim::World;

const std::string binary("\0\xff \n\r\"", 6);

GRADED_TEST(Store, OneAfterTheOther, 2,
            "get, put, append and compare-and-swap do what they say, with keys and values of any "
            "bytes (KV1)") {
  for (const std::size_t size : {1U, 3U}) {
    simulate({.options = limited}, [=](World& world) {
      KvCluster cluster(world, size, 1);
      const NodeId client = cluster.clients().front();
      for (const std::string& key : {std::string("x"), binary, std::string()}) {
        EXPECT_EQ(cluster.get(client, key), "") << "of a key that nobody has written";
        EXPECT_EQ(cluster.done(client, Cas{key, "other", "a"}), Result(Swapped{false}));
        EXPECT_EQ(cluster.done(client, Cas{key, "", "a"}), Result(Swapped{true}));
        EXPECT_EQ(cluster.done(client, Append{key, binary}), Result(Stored{}));
        EXPECT_EQ(cluster.get(client, key), "a" + binary);
        EXPECT_EQ(cluster.done(client, Put{key, "b"}), Result(Stored{}));
        EXPECT_EQ(cluster.get(client, key), "b");
        EXPECT_EQ(cluster.done(client, Cas{key, "b", ""}), Result(Swapped{true}));
        EXPECT_EQ(cluster.get(client, key), "");
      }
      cluster.expect_agreement();
    });
  }
}

}  // namespace
}  // namespace octet::kv
