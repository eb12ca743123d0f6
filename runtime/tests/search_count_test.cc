#include <gtest/gtest.h>

#include "runtime/erase/erased_node.h"
#include "runtime/examples/ping.h"
#include "runtime/examples/primary_backup.h"
#include "runtime/search/explorer.h"
#include "runtime/tests/brute_force.h"
#include "runtime/tests/toy.h"

namespace octet::search {
namespace {

Model two_pingers() {
  using namespace examples::ping;
  return {.nodes = {1, 2},
          .make = [](NodeId) { return make_node(Pinger()); },
          .inputs = {{1, encode(Protocol::Input(Ask{2}))}},
          .max_copies = 1};
}

Model two_replicas() {
  using namespace examples::primary_backup;
  return {.nodes = {1, 2},
          .make = [](NodeId) { return make_node(Replica({.primary = 1, .backup = 2})); },
          .inputs = {{1, encode(Protocol::Input(Append{"x"}))},
                     {1, encode(Protocol::Input(Append{"y"}))}},
          .max_copies = 1};
}

void expect_the_same_count(const Model& model) {
  const Result result = explore(model);
  EXPECT_TRUE(result.exhausted()) << result.story();
  EXPECT_EQ(result.states_by_depth, states_by_depth_the_slow_way(model));
}

/// Before the question; then, until it is answered, the ping, its pong or both are in flight; then
/// nothing is, or what came of a second ping.
TEST(SearchCount, OnePingHasSevenStates) {
  const Result result = explore(two_pingers());
  EXPECT_TRUE(result.exhausted()) << result.story();
  EXPECT_EQ(result.states, 1U + 3U + 3U);
}

TEST(SearchCount, OrdersOfMessagesTimersAndInputs) {
  expect_the_same_count(two_pingers());
  expect_the_same_count(two_replicas());
}

TEST(SearchCount, SeveralEqualMessages) {
  Model model = two_pingers();
  model.max_copies = 3;
  expect_the_same_count(model);
}

TEST(SearchCount, InputsOfSeveralNodes) {
  Model model = two_pingers();
  model.inputs.push_back({2, encode(examples::ping::Protocol::Input(examples::ping::Ask{1}))});
  expect_the_same_count(model);
}

TEST(SearchCount, TimersThatAreSetTwice) {
  expect_the_same_count(toy::toys({.on_do =
                                       [](toy::Toy&, int, toy::Context& ctx) {
                                         ctx.set_timer(toy::Tick{1}, {});
                                         ctx.set_timer(toy::Tick{2}, {});
                                       },
                                   .on_tick =
                                       [](toy::Toy&, int number, toy::Context& ctx) {
                                         if (number == 2) ctx.set_timer(toy::Tick{1}, {});
                                       }}));
}

TEST(SearchCount, Crashes) {
  Model model = two_replicas();
  model.max_crashes = 2;
  expect_the_same_count(model);
}

TEST(SearchCount, LossesAndDuplicates) {
  Model model = two_replicas();
  model.max_losses = 1;
  model.max_duplicates = 1;
  expect_the_same_count(model);
}

}  // namespace
}  // namespace octet::search
