#include "graders/dsl/graded_test.h"
#include "graders/dsl/world/simulate.h"
#include "graders/stage4-raft/kv_cluster.h"

/// Servers that do not know what has been written since.
namespace octet::kv {
namespace {

using namespace std::chrono_literals;
using grading::simulate;
using raft::limited;
using sim::World;

/// Waits for a read. Meanwhile somebody writes, since a new leader may need an entry of its term.
Result read_beside_writes(World& world, KvCluster& cluster, std::size_t call) {
  constexpr int most = 20;
  for (int i = 0; i < most && !cluster.is_done(call); ++i) {
    cluster.done(cluster.clients().back(), Put{"y", "."});
    world.run_for(500ms);
  }
  return cluster.wait_until_done(call);
}

/// A client that reaches this server alone, which reaches nobody else, asks it to read, and another
/// client has written before. There may be no answer while that is so.
void read_at(World& world, KvCluster& cluster, NodeId server) {
  const NodeId reader = cluster.clients().front();
  const NodeId writer = cluster.clients().back();
  cut(world, {server}, cluster.others(server));
  cut(world, {reader}, cluster.others(server));
  cut(world, {writer}, {server});
  cluster.done(writer, Append{"x", "."});
  const std::size_t call = cluster.call(reader, Get{"x"});
  world.run_for(3s).heal();
  const Result read = read_beside_writes(world, cluster, call);
  EXPECT_EQ(read, read_beside_writes(world, cluster, cluster.call(writer, Get{"x"})));
}

/// Leaders and followers are cut off, one after the other, and asked.
void read_at_all(World& world, raft::Reads reads) {
  raft::Config config;
  config.reads = reads;
  KvCluster cluster(world, 3, 2, config);
  for (int round = 0; round < 3; ++round) {
    const NodeId leader = cluster.wait_for_leader();
    cluster.done(cluster.clients().front(), Append{"x", "a"});
    read_at(world, cluster, leader);
    read_at(world, cluster, cluster.others(cluster.wait_for_leader()).front());
  }
}

GRADED_TEST(Store, WhoIsCutOffDoesNotTell, 1,
            "a server that reaches no majority, leader or not, does not read for clients what may "
            "have been overwritten (KV1)") {
  simulate({.options = limited, .runs = 3},
           [](World& world) { read_at_all(world, raft::Reads::log); });
}

GRADED_TEST(StoreReads, WhoIsCutOffDoesNotTell, 2,
            "nor does it when reads are not in the log (RD1)") {
  for (const raft::Reads reads : {raft::Reads::index, raft::Reads::lease}) {
    simulate({.options = limited, .runs = 3}, [=](World& world) { read_at_all(world, reads); });
  }
}

}  // namespace
}  // namespace octet::kv
