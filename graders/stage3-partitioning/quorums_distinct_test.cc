#include <fmt/format.h>

#include <algorithm>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/world/simulate.h"
#include "graders/stage3-partitioning/store_cluster.h"

/// What counts for R and W: copies, on different nodes (DQ1).
namespace octet::store {
namespace {

using namespace std::chrono_literals;
using grading::simulate;
using sim::World;

void expect_both_in_vain(StoreCluster& store, NodeId node) {
  const std::string key = "k";
  const std::size_t put = store.put(node, key, fmt::format("in vain {}", store.requests()));
  const std::size_t get = store.get(node, key);
  store.expect_in_vain(put);
  store.expect_in_vain(get);
}

void expect_both_well(StoreCluster& store, NodeId node) {
  const std::string key = "k";
  store.stored(store.put(node, key, fmt::format("value {}", store.requests())));
  store.got(store.get(node, key));
}

GRADED_TEST(Quorums, TheSameCopyAgain, 1,
            "answers that come twice, or to a message that was sent again, are of one copy; two "
            "copies on one node are as good as one (DQ1)") {
  simulate({}, [](World& world) {
    StoreCluster store(world, {.nodes = 5, .members = 3, .config = with_quorums(2, 2)});
    const NodeId outside = store.others("k").front();
    const NodeId owner = store.owners("k").front();
    world.duplicate([](const auto&) { return true; }, 30ms);
    world.partition({{outside, owner}});
    expect_both_in_vain(store, outside);
    expect_both_in_vain(store, owner);
    world.heal();
    expect_both_well(store, outside);
  });
  for (const std::size_t nodes : {1U, 2U}) {
    for (const std::size_t quorum : {1U, 2U, 3U}) {
      simulate({}, [=](World& world) {
        StoreCluster store(world, {.nodes = nodes, .config = with_quorums(quorum, quorum)});
        for (const NodeId node : store.nodes()) {
          if (quorum <= nodes) expect_both_well(store, node);
          if (quorum > nodes) expect_both_in_vain(store, node);
        }
      });
    }
  }
}

/// How many of these nodes have this value of the key, for themselves or for others.
std::size_t holders(const StoreCluster& store, const std::vector<NodeId>& nodes,
                    const std::string& value) {
  const auto holds = [&](const std::map<Slot, View::Keys>& slots) {
    return std::ranges::any_of(slots, [&](const auto& slot) {
      const auto place = slot.second.find("k");
      return place != slot.second.end() && std::ranges::count(place->second, value) > 0;
    });
  };
  return static_cast<std::size_t>(std::ranges::count_if(nodes, [&](NodeId node) {
    const View view = store.view(node);
    return holds(view.slots) || holds(view.hints);
  }));
}

struct SloppyCase {
  std::size_t quorum;
  std::size_t owners;  // that are reached
  std::size_t others;  // likewise
};

GRADED_TEST(Quorums, OthersStandIn, 1,
            "with a sloppy quorum requests go on while owners are cut off, as long as so many "
            "nodes are left; each of them counts once, and has what it keeps on disk (§4.6)") {
  for (const SloppyCase& asks : {SloppyCase{2, 1, 1}, SloppyCase{2, 0, 2}, SloppyCase{2, 0, 1},
                                 SloppyCase{2, 1, 0}, SloppyCase{1, 0, 1}, SloppyCase{3, 1, 2},
                                 SloppyCase{3, 1, 1}, SloppyCase{3, 2, 1}, SloppyCase{3, 0, 3}}) {
    simulate({.runs = 2}, [&](World& world) {
      StoreCluster store(
          world,
          {.nodes = 6, .partitions = 6, .config = with_quorums(asks.quorum, asks.quorum, true)});
      const auto first = [](std::vector<NodeId> nodes, std::size_t count) {
        nodes.resize(count);
        return nodes;
      };
      std::vector<NodeId> reached = first(store.owners("k"), asks.owners);
      const std::vector<NodeId> others = first(store.others("k"), asks.others);
      reached.insert(reached.end(), others.begin(), others.end());
      world.partition({reached});
      if (reached.size() >= asks.quorum) store.got(store.get(reached.front(), "k"));
      for (const NodeId node : {reached.front(), reached.back()}) {
        if (reached.size() >= asks.quorum) expect_both_well(store, node);
        if (reached.size() < asks.quorum) expect_both_in_vain(store, node);
      }
      if (reached.size() < asks.quorum) return;
      for (const NodeId node : reached) world.slow_disk(node, 50ms);
      store.stored(store.put(reached.front(), "k", "the last"));
      for (const NodeId node : reached) world.crash(node);
      for (const NodeId node : reached) world.restart(node);
      EXPECT_GE(holders(store, reached, "the last"), asks.quorum) << "what was stored is on disk";
    });
  }
}

}  // namespace
}  // namespace octet::store
