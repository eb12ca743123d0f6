#include "ring.h"

#include <gtest/gtest.h>

#include <chrono>
#include <vector>

#include "runtime/erase/erased_node.h"
#include "runtime/sim/world.h"

namespace octet::election::ring {
namespace {

using namespace std::chrono_literals;

constexpr NodeId ours = 40;
constexpr NodeId neighbour = 3;

/// Sends the leader's notice, and then the candidate of node 40, which went around before.
struct Neighbour {
  using Protocol = ring::Protocol;
  struct View {};

  void start(std::span<const Protocol::Record>, Context&) {}
  void on(const Elect&, Context& ctx) {
    ctx.send(ours, Pass{.hop = 1,
                        .notice = {.id = 88, .is_elected = true, .passed = {88, 12, neighbour}}});
    ctx.send(ours, Pass{.hop = 2, .notice = {.id = ours, .passed = {ours, 7, 12, neighbour}}});
  }
  template <class Event>
  void on(const Event&, Context&) {}
  template <class Event>
  void on(const Event&, NodeId, Context&) {}

  View view() const { return {}; }
  bool operator==(const Neighbour&) const = default;
  template <class Archive>
  void serialize(Archive&) {}
};

TEST(Ring, ACandidateThatSkippedTheLeaderDoesNotWin) {
  sim::World world(1, {.network = {.min_latency = 1ms, .max_latency = 1ms}});
  const Config config{.members = {12, neighbour, ours, 7, 88}, .longest_delay = 10ms};
  world.add(ours, [&] { return make_node(Ring(config)); });
  world.add(neighbour, [] { return make_node(Neighbour()); });
  world.input(neighbour, Input(Elect{})).run_for(5ms);
  const std::vector<Output> heard = world.outputs<Output>(ours);
  ASSERT_EQ(heard.size(), 1U);
  EXPECT_EQ(std::get<Elected>(heard.front()).leader, NodeId(88));
}

}  // namespace
}  // namespace octet::election::ring
