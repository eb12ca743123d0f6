#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/world/simulate.h"
#include "graders/stage2-clocks-rpc/causal_kind.h"
#include "graders/stage2-clocks-rpc/conversation.h"

namespace octet::causal {
namespace {

using namespace std::chrono_literals;
using grading::Conversation;
using grading::members_of_size;
using grading::simulate;
using sim::Envelope;
using sim::World;

/// Three times what a message takes at most that the test does not delay.
constexpr Duration soon = 30ms;

GRADED_TEST(Causal, ItsOwnAtOnceAndAnyText, 1,
            "a member delivers its own broadcast at once, also when it reaches nobody yet; the "
            "others deliver every text as it is (K2, K3)") {
  const std::vector<std::string> texts = {"", "a", std::string("\0\xff\n\0", 4), "a",
                                          std::string(20'000, 'x')};
  for (const std::size_t size : {1U, 2U, 3U, 5U, 7U}) {
    simulate({}, [&](World& world) {
      const auto members = members_of_size(size);
      for (const NodeId id : members) {
        world.add(id, [&] { return make_causal_broadcast({members}); });
      }
      std::vector<Output> expected;
      for (const auto& text : texts) {
        world.input(members.back(), Input(Broadcast{text}));
        expected.emplace_back(Delivered{members.back(), text});
        EXPECT_TRUE(world.outputs<Output>(members.back()) == expected)
            << "its own broadcast of " << text.size() << " bytes is not delivered at once";
        world.run_for(soon);
      }
      for (const NodeId id : members) {
        EXPECT_TRUE(world.outputs<Output>(id) == expected)
            << "process " << id.value << " has not delivered the " << texts.size()
            << " texts, of which two are equal, one is empty, one is binary and one is long";
      }
    });
  }
}

/// Member 0 says "one", 1 answers "two", 2 answers "three". These arrive at member 3 in the order
/// of `places`: the text of member i after all those of a smaller place.
void play_chain(World& world, const std::vector<int>& places) {
  const auto members = members_of_size(4);
  Conversation talk(world, members, kind());
  const auto delay_of = [&](std::size_t i) { return 1s + places[i] * 100ms; };
  const std::vector<std::string> texts = {"one", "two", "three"};
  std::vector<Duration> arrivals;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    world.delay([from = members[i],
                 to = members[3]](const Envelope& m) { return m.from == from && m.to == to; },
                delay_of(i) - world.now());
    talk.say(members[i], texts[i]);
    arrivals.push_back(delay_of(i) + soon);
    world.run_for(soon);
  }
  EXPECT_TRUE(talk.delivered(members[3]).empty()) << "nothing has arrived there yet";
  Duration due{};
  for (std::size_t i = 0; i < texts.size(); ++i) {
    due = std::max(due, arrivals[i]);  // by then this text has come, and what it depends on
    world.at(due, [&talk, at = members[3], text = texts[i]] {
      EXPECT_TRUE(talk.has_delivered(at, text))
          << "\"" << text << "\" and all that it depends on have come, and it is not delivered";
    });
  }
  world.run_for(2s);
  EXPECT_EQ(talk.missing(), "");
  EXPECT_EQ(talk.longest_chain(), 3);
}

GRADED_TEST(Causal, AChainArrivesInEveryOrder, 2,
            "a broadcast, its answer and the answer to that: in all six orders of arrival each is "
            "delivered after what it depends on, and as soon as that was (K1, K3)") {
  std::vector<int> places = {0, 1, 2};
  do {
    simulate({}, [&](World& world) {
      grading::tell(fmt::format("they arrive at places {}, {}, {}", places[0] + 1, places[1] + 1,
                                places[2] + 1));
      play_chain(world, places);
    });
  } while (std::ranges::next_permutation(places).found);
}

/// One member says four texts at one time, which arrive at these places.
void play_row(World& world, const std::vector<int>& places) {
  Conversation talk(world, members_of_size(2), kind());
  for (std::size_t i = 0; i < places.size(); ++i) {
    world.heal().delay([](const Envelope&) { return true; }, places[i] * 20ms);
    talk.say(talk.members().front(), fmt::format("text {}", i + 1));
  }
  world.run_for(3 * 20ms + soon);
  EXPECT_EQ(talk.missing(), "");
}

/// So many at one time that they come in any order, and most wait.
void play_long_row(World& world) {
  Conversation talk(world, members_of_size(2), kind());
  for (int i = 1; i <= 300; ++i) talk.say(talk.members().front(), fmt::format("text {}", i));
  world.run_for(soon);
  EXPECT_EQ(talk.missing(), "");
}

GRADED_TEST(Causal, ARowArrivesInEveryOrder, 1,
            "four broadcasts of one member are delivered in their order, in whatever order they "
            "arrive (K1, K3)") {
  std::vector<int> places = {0, 1, 2, 3};
  do {
    simulate({}, [&](World& world) { play_row(world, places); });
  } while (std::ranges::next_permutation(places).found);
  simulate({}, play_long_row);
}

GRADED_TEST(Causal, ToReceiveIsNotToBroadcast, 1,
            "who has delivered many broadcasts and then makes one is not waited for in vain (K3)") {
  for (const std::size_t size : {2U, 3U, 5U}) {
    simulate({}, [&](World& world) {
      Conversation talk(world, members_of_size(size), kind());
      for (int round = 1; round <= 3; ++round) {
        for (const NodeId id : talk.members()) {
          talk.say(id, fmt::format("{}/{}", id.value, round));
          world.run_for(soon);
          EXPECT_EQ(talk.missing(), "");
        }
      }
    });
  }
}

GRADED_TEST(Causal, OthersDoNotWait, 1,
            "a broadcast that waits for one that is late holds up nothing that depends on neither "
            "(K3)") {
  const auto members = members_of_size(4);
  for (std::size_t i = 0; i < members.size(); ++i) {
    simulate({}, [&](World& world) {
      Conversation talk(world, members, kind());
      const NodeId late = members[i];
      const NodeId answers = members[(i + 1) % 4];
      const NodeId at = members[(i + 2) % 4];
      const NodeId other = members[(i + 3) % 4];
      world.delay([&](const Envelope& m) { return m.from == late && m.to != answers; }, 10min);
      talk.say(late, "late");
      world.run_for(soon);
      talk.say(answers, "answer");
      world.run_for(soon);
      talk.say(other, "unrelated");
      world.run_for(soon);
      EXPECT_TRUE(talk.has_delivered(at, "unrelated"))
          << "\"unrelated\" has come; it depends on nothing, and nothing of its member is missing";
      world.run_for(10min);
      EXPECT_EQ(talk.missing(), "");
    });
  }
}

GRADED_TEST(
    Causal, WhatIsHeldBackIsNoDependency, 1,
    "a broadcast depends on what its member had delivered, not on what it holds back (K3)") {
  const auto members = members_of_size(4);
  for (std::size_t i = 0; i < members.size(); ++i) {
    simulate({}, [&](World& world) {
      Conversation talk(world, members, kind());
      const NodeId late = members[i];
      const NodeId answers = members[(i + 1) % 4];
      const NodeId holds_back = members[(i + 2) % 4];
      world.delay([&](const Envelope& m) { return m.from == late && m.to != answers; }, 1s);
      talk.say(late, "late");
      world.run_for(soon);
      talk.say(answers, "answer");
      world.run_for(soon);
      talk.say(holds_back, "new");
      world.run_for(soon);
      for (const NodeId id : members) {
        EXPECT_TRUE(talk.has_delivered(id, "new"))
            << "process " << id.value << " does not deliver what depends on nothing";
      }
      world.run_for(1s);
      EXPECT_EQ(talk.missing(), "");
    });
  }
}

}  // namespace
}  // namespace octet::causal
