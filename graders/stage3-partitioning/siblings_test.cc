#include <fmt/format.h>

#include <algorithm>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/random.h"
#include "graders/dsl/world/simulate.h"
#include "graders/stage3-partitioning/store_cluster.h"

/// Values that were written without knowing of each other, and what becomes of them (§4.4).
namespace octet::store {
namespace {

using namespace std::chrono_literals;
using grading::simulate;
using sim::World;

/// Two writes with this context, at these nodes: one after the other, or together.
void write_two(StoreCluster& store, NodeId one, NodeId other, bool together, const Values& values,
               const std::string& context) {
  const std::size_t first = store.put(one, "k", values.front(), context);
  if (!together) store.stored(first);
  const std::size_t second = store.put(other, "k", values.back(), context);
  store.stored(first);
  store.stored(second);
}

GRADED_TEST(
    Siblings, BothAreKept, 1,
    "of two clients with the same context, or with none, neither takes the place of the "
    "other's value, whether they ask one node or two, and also when these are equal (DQ2, DQ3)") {
  for (const bool together : {true, false}) {
    simulate({}, [=](World& world) {
      StoreCluster store(world, {.nodes = 5, .members = 3});
      for (const NodeId one : {store.owners("k").front(), store.others("k").front()}) {
        for (const NodeId other : {one, store.owners("k").back(), store.others("k").back()}) {
          const std::string name = fmt::format("{} {}", one.value, other.value);
          const Got before = store.got(store.get(other, "k"));
          const Values values = {name + " b", name + " a"};
          write_two(store, one, other, together, values, before.context);
          const Got both = store.got(store.get(one, "k"));
          EXPECT_EQ(both.values, (Values{name + " a", name + " b"}));
          // Who writes with what was seen before takes the place of that alone.
          store.stored(store.put(other, "k", name + " c", before.context));
          write_two(store, one, other, together, {name + " e", name + " d"}, "");
          EXPECT_EQ(store.got(store.get(one, "k")).values.size(), 5U);
        }
      }
    });
  }
  for (const std::size_t nodes : {1U, 4U}) {
    simulate({}, [=](World& world) {
      const std::uint32_t copies = nodes == 1 ? 1 : 3;
      StoreCluster store(world, {.nodes = nodes,
                                 .copies = copies,
                                 .config = nodes == 1 ? with_quorums(1, 1) : with_quorums(2, 2)});
      for (const NodeId node : store.nodes()) {
        const std::string key = fmt::format("key of {}", node.value);
        store.stored(store.put(node, key, "same"));
        const Got one = store.got(store.get(node, key));
        store.stored(store.put(store.nodes().front(), key, "same"));
        store.stored(store.put(node, key, "other", one.context));
        EXPECT_EQ(store.got(store.get(node, key)).values, (Values{"other", "same"}));
      }
    });
  }
}

/// One client, at another node each time, and much is lost.
void write_one_after_the_other(World& world) {
  StoreCluster store(world, {.nodes = 5, .members = 3});
  std::size_t unknown = 0;
  for (std::size_t step = 0; step < 20; ++step) {
    const Output& read = store.wait(store.get(store.nodes()[step % 5], "k"));
    if (!std::holds_alternative<Got>(read)) continue;
    const Got got = std::get<Got>(read);
    if (got.values.size() > 1 + unknown) {
      grading::fail(
          fmt::format("a read gives {} values, and there are {} writes that may have come "
                      "beside the one before it (DQ5)",
                      got.values.size(), unknown));
    }
    const NodeId writes = store.nodes()[(step + 1) % 5];
    const std::string value = fmt::format("value {}", step);
    const Output& put = store.wait(store.put(writes, "k", value, got.context));
    if (!std::holds_alternative<Stored>(put)) ++unknown;
  }
  EXPECT_GT(store.done(), 20U) << "the test means little when so little is done";
}

GRADED_TEST(Siblings, OneAfterWhoHasSeenAll, 1,
            "who writes with what a read gave takes the place of all its values; one client after "
            "the other never leaves two, whichever nodes they ask (DQ4, DQ5)") {
  simulate({.runs = 2}, [](World& world) {
    StoreCluster store(world, {.nodes = 5, .members = 3});
    for (int round = 0; round < 3; ++round) {
      std::vector<std::size_t> puts;
      for (const NodeId node : store.nodes()) {
        puts.push_back(store.put(node, "k", fmt::format("{} at {}", round, node.value)));
      }
      for (const std::size_t put : puts) store.stored(put);
      for (std::size_t step = 0; step < store.nodes().size(); ++step) {
        const NodeId reads = store.nodes()[step];
        const NodeId writes = store.nodes()[(step + static_cast<std::size_t>(round)) % 5];
        const std::string merged = fmt::format("{} merged {}", round, step);
        store.stored(store.put(writes, "k", merged, store.got(store.get(reads, "k")).context));
        EXPECT_EQ(store.got(store.get(writes, "k")).values, Values{merged});
      }
    }
  });
  // Each write leaves one value at most, and the next reader sees it.
  simulate({.options = {.network = {.loss = 300'000, .duplication = 100'000}}, .runs = 2},
           write_one_after_the_other);
}

GRADED_TEST(Siblings, NoContextAtAll, 1,
            "bytes that are no context end as Failed, take nothing's place, and harm no node "
            "(DQ2)") {
  simulate({}, [](World& world) {
    StoreCluster store(world, {.nodes = 4, .members = 3});
    grading::Random random(world.seed(), "contexts");
    store.stored(store.put(store.nodes().front(), "k", "a"));
    store.stored(store.put(store.nodes().back(), "k", "b"));
    const std::string context = store.got(store.get(store.nodes().back(), "k")).context;
    Values wrong = {context + "x", context.substr(0, context.size() - 1), context + context};
    for (std::size_t size = 5; size < 200; size = size * 3 / 2) {
      std::string& bytes = wrong.emplace_back();
      while (bytes.size() < size) bytes += static_cast<char>(random.below(256));
    }
    for (const std::string& bytes : wrong) {
      for (const NodeId node : {store.nodes().front(), store.nodes().back()}) {
        const std::size_t put =
            store.put(node, "k", fmt::format("wrong {}", store.requests()), bytes);
        const std::size_t del = store.del(node, "k", bytes);
        for (const std::size_t request : {put, del}) {
          EXPECT_TRUE(std::holds_alternative<Failed>(store.wait(request)));
        }
      }
    }
    EXPECT_EQ(store.got(store.get(store.nodes().front(), "k")).values, (Values{"a", "b"}));
  });
}

}  // namespace
}  // namespace octet::store
