#include <fmt/format.h>

#include <chrono>
#include <cstddef>
#include <string>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/random.h"
#include "graders/dsl/world/simulate.h"
#include "graders/stage2-clocks-rpc/causal_kind.h"
#include "graders/stage2-clocks-rpc/conversation.h"

namespace octet::causal {
namespace {

using namespace std::chrono_literals;
using grading::Conversation;
using grading::members_of_size;
using grading::Random;
using grading::simulate;
using sim::Envelope;
using sim::World;

/// The bytes that the states of all members take after a conversation.
std::size_t memory_after(World& world, bool all_twice) {
  Conversation talk(world, members_of_size(3), kind());
  if (all_twice) world.duplicate([](const Envelope&) { return true; }, 200ms);
  for (int i = 0; i < 30; ++i) {
    const NodeId who = talk.members()[static_cast<std::size_t>(i % 3)];
    talk.say(who, fmt::format("text {}", i) + std::string(1'000, '.'));
    world.run_for(i % 2 == 0 ? 2ms : 90ms);
  }
  world.run_for(2s);
  EXPECT_EQ(talk.missing(), "");
  std::size_t bytes = 0;
  for (const NodeId id : world.ids()) bytes += world.node(id).state().size();
  return bytes;
}

GRADED_TEST(Causal, CopiesLeaveNothing, 1,
            "each broadcast is delivered once though all messages come twice, and copies take no "
            "memory (K2)") {
  const sim::WorldOptions options = {.network = {.max_latency = 100ms}, .max_events = 100'000};
  simulate({.options = options, .runs = 3}, [](World& world) {
    sim::World without(world.seed(), {.network = {.max_latency = 100ms}});
    const std::size_t once = memory_after(without, false);
    const std::size_t twice = memory_after(world, true);
    EXPECT_LE(twice, once + 3'000)
        << "bytes in the states of all members at the end; when nothing came twice: " << once;
  });
}

/// Some member says something every now and then, and some texts are answered at once.
void converse(World& world, std::size_t size, Duration deadline) {
  Conversation talk(world, members_of_size(size), kind());
  Random random(world.seed(), "conversation");
  const auto say = [&](NodeId who, const std::string& text) {
    talk.say(who, text);
    world.at(world.now() + deadline, [&talk, text] {
      for (const NodeId id : talk.members()) {
        EXPECT_TRUE(talk.has_delivered(id, text))
            << "process " << id.value << " has not delivered \"" << text << "\", though it and all "
            << "that was said before have come";
      }
    });
  };
  talk.on_delivery([&](NodeId at, const Conversation::Delivery& delivery) {
    if (at == delivery.from || delivery.text.size() > 30 || random.below(2 * size) > 0) return;
    say(at, fmt::format("{} re: {}", at.value, delivery.text));
  });
  for (int i = 1; i <= 25; ++i) {
    const NodeId who = talk.members()[random.below(size)];
    world.at(std::chrono::milliseconds(random.below(1'500)),
             [&say, who, i] { say(who, fmt::format("text {}", i)); });
  }
  world.run_for(60s);
  EXPECT_EQ(talk.missing(), "");
  EXPECT_GE(talk.longest_chain(), 5) << "the test means nothing when nobody answers";
}

GRADED_TEST(Causal, RandomConversations, 2,
            "each broadcast is delivered once, after all that it depends on, and when all that was "
            "said before has come, whatever is doubled, late, or paused (K1, K2, K3)") {
  for (const std::size_t size : {2U, 3U, 5U}) {
    const sim::NetworkOptions network = {.max_latency = 300ms, .duplication = 200'000};
    simulate({.options = {.network = network, .max_events = 100'000}, .runs = 8},
             [&](World& world) { converse(world, size, 650ms); });
  }
  for (const std::size_t size : {3U, 7U}) {
    const sim::NetworkOptions network = {
        .max_latency = 100ms, .duplication = 200'000, .long_delay = 50'000, .longest_delay = 2s};
    const sim::Storm storm{.nodes = members_of_size(size), .end = 3s, .longest = 1s, .pauses = 3};
    simulate({.options = {.network = network, .max_events = 100'000}, .storm = storm, .runs = 8},
             [&](World& world) { converse(world, size, 30s); });
  }
}

}  // namespace
}  // namespace octet::causal
