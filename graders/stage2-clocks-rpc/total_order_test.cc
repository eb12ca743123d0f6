#include <fmt/format.h>

#include <chrono>
#include <string>
#include <vector>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/world/simulate.h"
#include "graders/stage2-clocks-rpc/conversation.h"
#include "graders/stage2-clocks-rpc/total_order_kind.h"
#include "stage2-clocks-rpc/api/solution.h"

namespace octet::total_order {
namespace {

using namespace std::chrono_literals;
using grading::Conversation;
using grading::members_of_size;
using grading::simulate;
using sim::Envelope;
using sim::World;

/// Far more than any algorithm needs when messages take 10 ms at most.
constexpr Duration enough = 2s;

GRADED_TEST(TotalOrder, AnyTextInGroupsOfAnySize, 1,
            "everything is delivered, also to a member that is alone, whatever is in it (M4)") {
  const std::vector<std::string> texts = {"", "a", std::string("\0\xff\n\0", 4), "a",
                                          std::string(20'000, 'x')};
  for (const std::size_t size : {1U, 2U, 3U, 5U, 7U}) {
    simulate({}, [&](World& world) {
      grading::tell(fmt::format("{} members", size));
      const auto members = members_of_size(size);
      for (const NodeId id : members) world.add(id, [&] { return make_total_order({members}); });
      for (const auto& text : texts) {
        world.input(members.back(), Input(Multicast{text})).run_for(enough);
      }
      std::vector<Output> expected;
      for (const auto& text : texts) expected.emplace_back(Delivered{members.back(), text});
      for (const NodeId id : members) {
        EXPECT_TRUE(world.outputs<Output>(id) == expected)
            << "process " << id.value << " has not delivered the " << texts.size()
            << " texts, of which two are equal, one is empty, one is binary and one is long";
      }
    });
  }
}

GRADED_TEST(TotalOrder, SilentMembersDoNotStopTheOthers, 1,
            "a multicast is delivered although the other members have nothing to say (M4)") {
  for (const std::size_t size : {2U, 3U, 5U}) {
    simulate({}, [&](World& world) {
      Conversation talk(world, members_of_size(size), kind());
      for (int i = 1; i <= 3; ++i) {
        talk.say(talk.members().front(), fmt::format("news {}", i));
        world.run_for(enough);
        EXPECT_EQ(talk.missing(), "");
      }
    });
  }
}

GRADED_TEST(TotalOrder, SimultaneousMulticasts, 1,
            "members that multicast at the same instant, with equal stamps, are delivered in one "
            "order, whoever is heard first (L2, M1)") {
  for (const std::size_t size : {2U, 3U, 5U}) {
    simulate({.runs = 5}, [&](World& world) {
      Conversation talk(world, members_of_size(size), kind());
      for (int round = 1; round <= 3; ++round) {
        for (const NodeId id : talk.members()) talk.say(id, fmt::format("{}/{}", id.value, round));
        world.run_for(enough);
      }
      EXPECT_EQ(talk.missing(), "");
    });
  }
}

/// The multicast of `early` comes late, and what its member sends afterwards overtakes it.
void overtake(World& world, NodeId early, NodeId late, Duration by) {
  Conversation talk(world, members_of_size(3), kind());
  bool is_slow = true;
  world.delay([&](const Envelope& message) { return is_slow && message.from == early; }, by);
  talk.say(early, "early");
  is_slow = false;
  world.run_for(20ms);
  for (int i = 1; i <= 3; ++i) {
    talk.say(late, fmt::format("late {}", i));
    world.run_for(50ms);
  }
  world.run_for(by + enough);
  EXPECT_EQ(talk.missing(), "");
}

GRADED_TEST(TotalOrder, AnAcknowledgementOvertakesAMulticast, 1,
            "what a member sent earlier counts, although a later message of its came first (M1)") {
  const auto members = members_of_size(3);
  for (const Duration by : {Duration(1s), Duration(10min)}) {
    for (const NodeId early : members) {
      for (const NodeId late : members) {
        if (early == late) continue;
        simulate({}, [&](World& world) { overtake(world, early, late, by); });
      }
    }
  }
}

GRADED_TEST(TotalOrder, EverythingComesTwice, 1,
            "each multicast is delivered once, though copies of all messages come, at once and "
            "late (M2)") {
  for (const Duration later : {0ms, 20ms, 700ms}) {
    simulate({.runs = 3}, [&](World& world) {
      Conversation talk(world, members_of_size(3), kind());
      world.duplicate([](const Envelope&) { return true; }, later);
      for (int i = 1; i <= 6; ++i) {
        talk.say(talk.members()[static_cast<std::size_t>(i % 3)], fmt::format("text {}", i));
        world.run_for(i % 2 == 0 ? 5ms : 400ms);
      }
      world.run_for(enough);
      EXPECT_EQ(talk.missing(), "");
    });
  }
}

}  // namespace
}  // namespace octet::total_order
