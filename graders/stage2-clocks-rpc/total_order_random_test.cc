#include <fmt/format.h>

#include <chrono>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/random.h"
#include "graders/dsl/world/simulate.h"
#include "graders/stage2-clocks-rpc/conversation.h"
#include "graders/stage2-clocks-rpc/total_order_kind.h"

namespace octet::total_order {
namespace {

using namespace std::chrono_literals;
using grading::Conversation;
using grading::members_of_size;
using grading::Random;
using grading::simulate;
using sim::World;

GRADED_TEST(TotalOrder, ManyTextsOfOneMember, 1,
            "the texts of one member are delivered in the order in which it said them, and answers "
            "after what they answer (M3)") {
  const sim::WorldOptions slow = {.network = {.min_latency = 1ms, .max_latency = 1s},
                                  .max_events = 300'000};
  simulate({.options = slow, .runs = 10}, [](World& world) {
    Conversation talk(world, members_of_size(3), kind());
    const NodeId speaker = talk.members()[1];
    const NodeId answerer = talk.members()[2];
    talk.on_delivery([&](NodeId at, const Conversation::Delivery& delivery) {
      if (at == answerer && delivery.from == speaker) talk.say(at, "re: " + delivery.text);
    });
    for (int i = 1; i <= 12; ++i) talk.say(speaker, fmt::format("text {}", i));
    world.run_for(60s);
    EXPECT_EQ(talk.missing(), "");
    EXPECT_EQ(talk.said(), 24) << "the test means nothing without the answers";
    EXPECT_GT(talk.longest_chain(), 12);
  });
}

/// For ten seconds some member says something every now and then, and some texts are answered.
void converse(World& world, std::size_t size) {
  Conversation talk(world, members_of_size(size), kind());
  Random random(world.seed(), "conversation");
  talk.on_delivery([&](NodeId at, const Conversation::Delivery& delivery) {
    if (at == delivery.from || delivery.text.size() > 20 || random.below(2 * size) > 0) return;
    talk.say(at, fmt::format("{} re: {}", at.value, delivery.text));
  });
  for (int i = 1; i <= 20; ++i) {
    const NodeId who = talk.members()[random.below(size)];
    world.at(std::chrono::milliseconds(random.below(10'000)),
             [&talk, who, i] { talk.say(who, fmt::format("text {}", i)); });
  }
  world.run_for(60s);
  EXPECT_EQ(talk.missing(), "");
  EXPECT_GE(talk.longest_chain(), 5) << "the test means nothing when nobody answers";
}

GRADED_TEST(TotalOrder, RandomConversations, 1,
            "all members deliver everything, in one order, whatever is doubled, late, or paused "
            "(M1, M2, M3, M4)") {
  const sim::WorldOptions options = {.network = {.max_latency = 300ms,
                                                 .duplication = 200'000,
                                                 .long_delay = 50'000,
                                                 .longest_delay = 5s},
                                     .max_events = 300'000};
  for (const std::size_t size : {2U, 3U, 5U}) {
    const sim::Storm storm{.nodes = members_of_size(size), .pauses = 3};
    simulate({.options = options, .storm = storm, .runs = 7},
             [&](World& world) { converse(world, size); });
  }
}

}  // namespace
}  // namespace octet::total_order
