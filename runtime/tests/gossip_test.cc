#include "runtime/tests/gossip.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "runtime/erase/erased_node.h"
#include "runtime/search/explorer.h"
#include "runtime/sim/world.h"

namespace octet::gossip {
namespace {

using namespace std::chrono_literals;
using Kind = search::Step::Kind;

std::unique_ptr<AnyNode> gossiper(NodeId id, std::uint32_t count) {
  std::vector<NodeId> peers;
  for (std::uint32_t peer = 1; peer <= count; ++peer) {
    if (NodeId(peer) != id) peers.emplace_back(peer);
  }
  return make_node(Gossiper(std::move(peers)));
}

std::string told_twice(const std::vector<Protocol::Output>& outputs) {
  std::set<std::uint32_t> told;
  for (const auto& output : outputs) {
    const std::uint32_t rumor = std::get<Learned>(output).rumor;
    if (!told.insert(rumor).second) return "rumor " + std::to_string(rumor) + " comes twice";
  }
  return "";
}

/// Three nodes; the first hears rumor 7.
search::Model three_gossipers() {
  search::Model model{.nodes = {1, 2, 3},
                      .make = [](NodeId id) { return gossiper(id, 3); },
                      .inputs = {{1, encode(Protocol::Input(Hear{7}))}},
                      .max_copies = 1};
  model.invariant("nobody learns twice", [](const search::Snapshot& at) -> std::string {
    for (const NodeId id : at.nodes()) {
      const std::string twice = told_twice(at.outputs<Protocol::Output>(id));
      if (!twice.empty()) return twice;
    }
    return "";
  });
  return model.invariant("nobody makes a rumor up", [](const search::Snapshot& at) {
    const bool is_out = !at.outputs<Protocol::Output>(1).empty();
    const auto knows = [&](NodeId id) { return !at.view<Gossiper::View>(id)->known.empty(); };
    return !is_out && (knows(2) || knows(3)) ? "nobody has heard of it" : "";
  });
}

auto knows(NodeId node) {
  return [node](const search::Snapshot& at) {
    return at.view<Gossiper::View>(node)->known.contains(7);
  };
}

/// Of any two nodes, the one that knows has sent the rumor to the other or has not; so with k who
/// know, of three, there are 2k messages that are in flight or not: 2^2 states when the first knows
/// alone, 2^4 with each of the others, 2^6 when all know; and one before.
TEST(GossipInTheSearch, EveryChoiceIsFollowed) {
  search::Model model = three_gossipers();
  model.goal("all know", [](const search::Snapshot& at) { return knows(2)(at) && knows(3)(at); });
  const search::Result result = explore(model);
  EXPECT_TRUE(result.exhausted()) << result.story();
  EXPECT_TRUE(result.reached("all know"));
  EXPECT_EQ(result.states, 1U + 4U + 16U + 16U + 64U);
}

/// What the first node chose in the shortest run to a goal.
std::vector<std::uint64_t> choice_for(NodeId listener) {
  search::Model model = three_gossipers();
  model.goal("it knows", knows(listener));
  const search::Result result = explore(model, {.until_goals = true});
  const auto round = std::ranges::find(result.trace, Kind::fire, &search::Step::kind);
  return round == result.trace.end() ? std::vector<std::uint64_t>() : round->choices;
}

TEST(GossipInTheSearch, TheRunSaysWhatWasChosen) {
  EXPECT_EQ(choice_for(2), std::vector<std::uint64_t>{0});
  EXPECT_EQ(choice_for(3), std::vector<std::uint64_t>{1});
}

constexpr std::uint32_t crowd = 8;

/// Three messages of ten are lost.
sim::World world_of_gossip(std::uint64_t seed) {
  return sim::World(seed, {.network = {.loss = 300'000}, .trace = true});
}

/// Until all know; false when that takes longer than a minute.
bool spread(sim::World& world) {
  for (std::uint32_t id = 1; id <= crowd; ++id) {
    world.add(id, [id] { return gossiper(id, crowd); });
  }
  world.always("nobody learns twice", [&world] {
    for (const NodeId id : world.ids()) {
      const std::string twice = told_twice(world.outputs<Protocol::Output>(id));
      if (!twice.empty()) return twice;
    }
    return std::string();
  });
  world.input(1, Protocol::Input(Hear{7}));
  const auto all_know = [&world] {
    return std::ranges::all_of(
        world.ids(), [&](NodeId id) { return world.view<Gossiper::View>(id).known.contains(7); });
  };
  return world.run_until(all_know, 1min);
}

TEST(GossipInTheSimulator, ARumorReachesEverybody) {
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    sim::World world = world_of_gossip(seed);
    EXPECT_TRUE(spread(world)) << "seed " << seed << ": " << world.failure();
    EXPECT_TRUE(world.failure().empty()) << world.failure();
  }
}

/// Whom the nodes tell, in order.
std::vector<NodeId> told_by_seed(std::uint64_t seed) {
  sim::World world = world_of_gossip(seed);
  spread(world);
  std::vector<NodeId> told;
  for (const trace::Event& event : world.trace()) {
    if (event.kind == trace::Event::Kind::send) told.push_back(event.peer);
  }
  return told;
}

TEST(GossipInTheSimulator, TheSeedChooses) {
  EXPECT_EQ(told_by_seed(1), told_by_seed(1));
  std::set<NodeId> first;
  for (std::uint64_t seed = 1; seed <= 100; ++seed) first.insert(told_by_seed(seed).front());
  EXPECT_EQ(first.size(), crowd - 1) << "the first node tells each of the others at some seed";
}

}  // namespace
}  // namespace octet::gossip
