#include <fmt/format.h>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/world/simulate.h"
#include "graders/stage3-partitioning/store_cluster.h"

/// Requests that get no answer, or the wrong one.
namespace octet::store {
namespace {

using namespace std::chrono_literals;
using grading::simulate;
using sim::Envelope;
using sim::World;

/// One copy is away, and the others are enough.
void do_not_wait_for_all(World& world) {
  Config config = with_quorums(2, 2);
  config.patience = 10s;
  StoreCluster store(world, {.nodes = 5, .members = 3, .config = config});
  world.isolate(store.owners("k").back());
  for (const NodeId node : {store.owners("k").front(), store.others("k").front()}) {
    for (const Level level : {Level::eventual, Level::causal}) {
      const std::size_t put = store.put(node, "k", fmt::format("{}", store.requests()), {}, level);
      store.stored(put);
      const std::size_t get = store.get(node, "k", level);
      store.got(get);
      for (const std::size_t request : {put, get}) {
        const Asked& asked = store.asked(request);
        EXPECT_LT(asked.ended_at - asked.at, config.patience / 2) << "two of three copies answer";
      }
    }
  }
}

GRADED_TEST(Quorums, PatienceEnds, 1,
            "what gets no answer is asked again; a request that has none ends once, when its "
            "patience does, and says what is true: a write that copies may have is not called "
            "failed; who has enough does not wait for it (CL4)") {
  simulate({}, do_not_wait_for_all);
  simulate({}, [](World& world) {
    StoreCluster store(world, {.nodes = 5, .members = 3});
    const NodeId node = store.others("k").front();
    world.drop([](const auto&) { return true; });
    const std::size_t put = store.put(node, "k", "a");
    const std::size_t get = store.get(node, "k");
    world.run_for(250ms).heal();
    store.stored(put);
    store.got(get);
  });
  simulate({}, [](World& world) {
    Config config;
    config.patience = 400ms;
    StoreCluster store(world, {.nodes = 5, .members = 3, .config = config});
    const NodeId node = store.others("k").front();
    // They hear it, and it hears nothing of them.
    for (const NodeId owner : store.owners("k")) world.cut_one_way(owner, node);
    const std::size_t put = store.put(node, "k", "a");
    const std::size_t get = store.get(node, "k");
    const std::size_t del = store.del(node, "k");
    for (const std::size_t request : {put, get, del}) store.expect_in_vain(request);
    world.heal().run_for(2 * store.settled());
    store.got(store.get(store.owners("k").front(), "k"));
  });
  simulate({}, [](World& world) {
    StoreCluster store(world, {.nodes = 4, .members = 3});
    const NodeId node = store.others("k").front();
    cut(world, {node}, store.owners("k"));
    const std::size_t put = store.put(node, "k", "a");
    const std::size_t get = store.get(node, "k");
    for (const std::size_t request : {put, get}) store.expect_in_vain(request);
    world.heal().run_for(2 * store.settled());
    store.stored(store.put(node, "k", "b"));
    store.got(store.get(node, "k"));
  });
  simulate({}, [](World& world) {  // there is time to ask for what there is, and no more to write
    StoreCluster store(world, {.nodes = 5, .members = 3});
    const NodeId node = store.others("k").front();
    const Duration late = store.config().patience * 6 / 10;
    world.delay([=](const Envelope& sent) { return sent.to == node; }, late);
    const std::size_t put = store.put(node, "k", "a", {}, Level::strong);
    world.run_for(late + store.config().retry).isolate(node);
    store.wait(put);
  });
}

/// Four requests at a node that is crashed while the copies answer; the answers come in its next
/// life. `writes` says which of them are puts.
void ask_in_two_lives(World& world, StoreCluster& store, const std::vector<bool>& former,
                      const std::vector<bool>& next) {
  const NodeId node = store.others("k").front();
  const auto ask = [&](bool writes) {
    return writes ? store.put(node, "k", fmt::format("value {}", store.requests()))
                  : store.get(node, "k");
  };
  world.delay([node](const Envelope& message) { return message.to == node; }, 200ms);
  for (const bool writes : former) ask(writes);
  world.run_for(50ms).crash(node).restart(node).heal();
  for (const NodeId owner : store.owners("k")) world.cut_one_way(node, owner);
  std::vector<std::size_t> requests;
  for (const bool writes : next) requests.push_back(ask(writes));
  for (const std::size_t request : requests) {
    store.wait(request);
    if (store.done() > 0) grading::fail("a request is done that no copy has heard of (DQ1)");
  }
}

GRADED_TEST(Quorums, AnswersToAFormerLife, 1,
            "a node that has crashed gets numbers that it had before: answers to its former "
            "life count for none of its requests (DQ1)") {
  simulate({.runs = 2}, [](World& world) {
    StoreCluster store(world, {.nodes = 4, .members = 3});
    ask_in_two_lives(world, store, {true, true, false, false}, {true, false, true, false});
    world.heal();
    store.stored(store.put(store.others("k").front(), "k", "last"));
  });
}

GRADED_TEST(Quorums, TakesEffectOnce, 1,
            "a write takes effect once: copies of its messages that come after later writes, or "
            "very late, bring nothing back (DQ3)") {
  simulate({}, [](World& world) {
    StoreCluster store(world, {.nodes = 5, .members = 3});
    const NodeId node = store.others("k").front();
    world.duplicate([](const auto&) { return true; }, 700ms);
    store.stored(store.put(node, "k", "a"));
    store.stored(store.put(node, "k", "b", store.got(store.get(node, "k")).context));
    store.stored(store.put(node, "d", "a"));
    store.stored(store.del(node, "d", store.got(store.get(node, "d")).context));
    world.heal().run_for(2s);
    for (const NodeId any : store.nodes()) {
      EXPECT_EQ(store.got(store.get(any, "k")).values, Values{"b"});
      EXPECT_EQ(store.got(store.get(any, "d")).values, Values());
    }
  });
  simulate({}, [](World& world) {  // the answers are lost
    StoreCluster store(world, {.nodes = 5, .members = 3});
    const NodeId node = store.others("k").front();
    world.drop([node](const Envelope& message) { return message.to == node; });
    const std::size_t put = store.put(node, "k", "a");
    world.run_for(350ms).heal();
    store.stored(put);
    EXPECT_EQ(store.got(store.get(node, "k")).values, Values{"a"});
  });
  simulate({}, [](World& world) {  // the first write comes to the last owner after the second one
    StoreCluster store(world, {.nodes = 5, .members = 3, .config = with_quorums(1, 3)});
    const NodeId late = store.owners("k").back();
    const NodeId node = store.others("k").front();
    world.delay([&](const Envelope& message) { return message.to == late; }, 2500ms);
    store.expect_in_vain(store.put(node, "k", "a"));
    world.heal();
    cut(world, {node}, {late});
    const std::string context = store.got(store.get(node, "k")).context;
    world.heal();
    store.stored(store.put(store.others("k").back(), "k", "b", context));
    for (const Duration at : {1200ms, 2520ms, 5000ms}) {
      world.run_for(at - world.now()).partition({{late}});
      EXPECT_EQ(store.got(store.get(late, "k")).values, Values{"b"});
      world.heal();
    }
  });
}

}  // namespace
}  // namespace octet::store
