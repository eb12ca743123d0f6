#include <gtest/gtest.h>

#include <set>

#include "runtime/search/explorer.h"
#include "runtime/tests/toy.h"

namespace octet::search {
namespace {

using namespace std::chrono_literals;
using toy::Toy;
using ToyContext = toy::Context;

TEST(SearchWorld, MessagesArriveInEveryOrderOrNever) {
  const Model model = toy::toys({.on_do = [](Toy&, int, ToyContext& ctx) {
    ctx.send(2, toy::Say{1});
    ctx.send(2, toy::Say{2});
    ctx.send(9, toy::Say{3});  // is not of this world
  }});
  EXPECT_EQ(toy::everything_heard(model, 2), (std::set<int>{0, 1, 2, 12, 21}));
}

/// Toy 1 tells 1 and 2, each of which its application answers; it says to toy 2 what it is
/// answered.
Model toys_with_an_application() {
  Model model = toy::toys({.on_do = [](Toy&, int number, ToyContext& ctx) {
    if (number > 10) return ctx.send(2, toy::Say{number - 10});
    ctx.emit(toy::Told{1});
    ctx.emit(toy::Told{2});
  }});
  model.applications[1] = [](const Bytes& output) {
    toy::Protocol::Output told;
    decode(output, told);
    return std::vector<Bytes>{toy::told_to(10 + std::get<toy::Told>(told).number)};
  };
  return model;
}

TEST(SearchWorld, AnApplicationAnswersInEveryOrder) {
  const Model model = toys_with_an_application();
  EXPECT_EQ(toy::everything_heard(model, 2), (std::set<int>{0, 1, 2, 12, 21}));
}

TEST(SearchWorld, WhatAnApplicationWouldAnswerIsGoneInACrash) {
  Model model = toys_with_an_application();
  model.max_crashes = 1;
  model.goal("told and never answered", [](const Snapshot& at) {
    return at.outputs<toy::Protocol::Output>(1).size() == 2 && at.is_up(1) &&
           at.view<Toy::View>(2)->heard == 0 && at.messages().empty();
  });
  const Result result = explore(model);
  EXPECT_TRUE(result.exhausted());
  // A run is taken again with its answers.
  model.invariant("toy 2 hears nothing", [](const Snapshot& at) {
    const auto* view = at.view<Toy::View>(2);
    return view == nullptr || view->heard == 0 ? "" : "it heard";
  });
  const Result broken = explore(model);
  ASSERT_FALSE(broken.ok());
  model.opening = broken.trace;
  EXPECT_FALSE(explore(model, {.max_depth = 0}).ok());
  EXPECT_NE(broken.story().find("is asked for Do"), std::string::npos);
}

TEST(SearchWorld, ADuplicateComesAgainWithinTheBudget) {
  Model model = toy::toys({.on_do = [](Toy&, int, ToyContext& ctx) { ctx.send(2, toy::Say{1}); }});
  EXPECT_EQ(toy::everything_heard(model, 2), (std::set<int>{0, 1}));
  model.max_duplicates = 2;
  EXPECT_EQ(toy::everything_heard(model, 2), (std::set<int>{0, 1, 11, 111}));
}

TEST(SearchWorld, EqualMessagesAreAsManyAsWereSent) {
  Model model = toy::toys({.on_do = [](Toy&, int, ToyContext& ctx) {
    for (int i = 0; i < 3; ++i) ctx.send(2, toy::Say{1});
  }});
  EXPECT_EQ(toy::everything_heard(model, 2), (std::set<int>{0, 1, 11, 111}));
  EXPECT_EQ(explore(model).transitions, 2U + 1U + 3U);  // it is one step, whichever of them arrives
  model.max_copies = 2;
  EXPECT_EQ(toy::everything_heard(model, 2), (std::set<int>{0, 1, 11}));
}

TEST(SearchWorld, MessagesOfDifferentSendersAreNotEqual) {
  Model model = toy::toys({.on_do = [](Toy&, int, ToyContext& ctx) { ctx.send(2, toy::Say{1}); }});
  model.inputs.push_back({2, toy::told_to(1)});
  model.max_copies = 1;
  model.goal("both", [](const Snapshot& at) { return at.messages().size() == 2; });
  EXPECT_TRUE(explore(model).reached("both"));
}

TEST(SearchWorld, EveryNodeIsMadeForItself) {
  Model model = toy::toys({}, 0);
  model.make = [](NodeId id) { return make_node(Toy{.heard = static_cast<int>(id.value)}); };
  EXPECT_EQ(toy::everything_heard(model, 1), std::set<int>{1});
  EXPECT_EQ(toy::everything_heard(model, 2), std::set<int>{2});
}

TEST(SearchWorld, ALossTakesAMessageOutOfFlight) {
  Model model = toy::toys({.on_do = [](Toy&, int, ToyContext& ctx) { ctx.send(2, toy::Say{1}); }});
  model.goal("lost", [](const Snapshot& at) {
    return at.messages().empty() && at.view<Toy::View>(2)->heard == 0 &&
           at.outputs<toy::Protocol::Output>(1).empty() && at.view<Toy::View>(1)->heard == 1;
  });
  model.make = [](NodeId) {
    return make_node(Toy{.script = {.on_do = [](Toy& toy, int, ToyContext& ctx) {
                           toy.heard = 1;
                           ctx.send(2, toy::Say{1});
                         }}});
  };
  EXPECT_FALSE(explore(model).reached("lost"));
  model.max_losses = 1;
  EXPECT_TRUE(explore(model).reached("lost"));
}

TEST(SearchWorld, TimersFireInAnyOrderAndOnce) {
  const Model model = toy::toys({.on_do = [](Toy&, int, ToyContext& ctx) {
    ctx.set_timer(toy::Tick{1}, 1s);
    ctx.set_timer(toy::Tick{2}, 2s);
    ctx.set_timer(toy::Tick{1}, 3s);  // replaces the first
  }});
  EXPECT_EQ(toy::everything_heard(model, 1), (std::set<int>{0, 1, 2, 12, 21}));
}

TEST(SearchWorld, ACancelledTimerNeverFires) {
  const Model model = toy::toys({.on_do = [](Toy&, int, ToyContext& ctx) {
    ctx.set_timer(toy::Tick{1}, 1s);
    ctx.set_timer(toy::Tick{2}, 1s);
    ctx.cancel_timer(toy::Tick{1});
    ctx.cancel_timer(toy::Tick{3});  // is not set
  }});
  EXPECT_EQ(toy::everything_heard(model, 1), (std::set<int>{0, 2}));
}

TEST(SearchWorld, ATimerThatFiresCanBeSetAgain) {
  const Model model =
      toy::toys({.on_do = [](Toy&, int, ToyContext& ctx) { ctx.set_timer(toy::Tick{1}, 1s); },
                 .on_tick =
                     [](Toy& toy, int, ToyContext& ctx) {
                       if (++toy.heard < 3) ctx.set_timer(toy::Tick{1}, 1s);
                     }});
  EXPECT_EQ(toy::everything_heard(model, 1), (std::set<int>{0, 1, 2, 3}));
}

TEST(SearchWorld, ACrashEndsTimersAndState) {
  Model model = toy::toys({.on_do = [](Toy& toy, int, ToyContext& ctx) {
    toy.heard = 5;
    ctx.set_timer(toy::Tick{1}, 1s);
  }});
  model.max_crashes = 1;
  // A timer of the life before would give 1.
  EXPECT_EQ(toy::everything_heard(model, 1), (std::set<int>{0, 5, 51}));
}

TEST(SearchWorld, InputsOfANodeComeInTheirOrder) {
  const Model model = toy::toys(
      {.on_do = [](Toy& toy, int number, ToyContext&) { toy.heard = toy.heard * 10 + number; }}, 3);
  EXPECT_EQ(toy::everything_heard(model, 1), (std::set<int>{0, 1, 12, 123}));
}

TEST(SearchWorld, BytesThatDoNotDecodeDoNothing) {
  Model model = toy::toys({}, 0);
  model.inputs = {{1, "rubbish"}};
  const Result result = explore(model);
  EXPECT_TRUE(result.exhausted()) << result.story();
  EXPECT_EQ(result.states, 2U);  // it was given, or not
}

TEST(SearchWorld, EveryChoiceIsTaken) {
  const Model model = toy::toys({.on_do = [](Toy& toy, int, ToyContext& ctx) {
    toy.heard = 1 + static_cast<int>(ctx.choose(3));
    // How often it chooses depends on what it chose.
    if (toy.heard == 2) toy.heard = 20 + static_cast<int>(ctx.choose(2));
  }});
  EXPECT_EQ(toy::everything_heard(model, 1), (std::set<int>{0, 1, 20, 21, 3}));
}

using Outputs = std::vector<toy::Protocol::Output>;
using Records = std::vector<toy::Protocol::Record>;

/// A node writes, tells, writes and tells; `seen` is what it leaves when it crashes.
TEST(SearchWorld, ACrashFallsBetweenAnyTwoEffects) {
  Model model = toy::toys({.on_do = [](Toy&, int, ToyContext& ctx) {
    ctx.persist(toy::Note{1});
    ctx.emit(toy::Told{1});
    ctx.compact({toy::Note{2}, toy::Note{3}});
    ctx.set_timer(toy::Tick{1}, 1s);
    ctx.send(2, toy::Say{1});
  }});
  model.max_crashes = 1;
  std::set<std::string> seen;
  model.invariant("", [&](const Snapshot& at) {
    if (at.is_up(1)) return std::string();
    seen.insert(erase::to_json(at.records<toy::Protocol::Record>(1)) +
                std::to_string(at.outputs<toy::Protocol::Output>(1).size()) +
                (at.messages().empty() ? "" : " sent"));
    return std::string();
  });
  const Result result = explore(model);
  EXPECT_TRUE(result.exhausted());
  EXPECT_EQ(seen, (std::set<std::string>{
                      "[]0",
                      R"([{"Note":{"number":1}}]0)",
                      R"([{"Note":{"number":1}}]1)",
                      R"([{"Note":{"number":2}},{"Note":{"number":3}}]1)",
                      R"([{"Note":{"number":2}},{"Note":{"number":3}}]1 sent)",
                  }));
}

TEST(SearchWorld, ACompactWithinReplacesItsOwnAlone) {
  Model model = toy::toys({.on_do = [](Toy&, int, ToyContext& ctx) {
    ctx.persist(toy::Note{1});
    ctx.persist(toy::Mark{1});
    ctx.effects().push_back(
        Effects<toy::Protocol>::Compact{.records = {toy::Note{2}}, .within = {0}});
  }});
  model.goal("replaced", [](const Snapshot& at) {
    return erase::to_json(at.records<toy::Protocol::Record>(1)) ==
           R"([{"Mark":{"number":1}},{"Note":{"number":2}}])";
  });
  EXPECT_TRUE(explore(model).reached("replaced"));
}

TEST(SearchWorld, WhatIsOnDiskComesBack) {
  Model model = toy::toys(
      {.on_do = [](Toy&, int number, ToyContext& ctx) { ctx.persist(toy::Note{number}); }}, 2);
  model.max_crashes = 2;
  std::set<int> restored;
  model.invariant("", [&](const Snapshot& at) {
    if (const auto* view = at.view<Toy::View>(1)) restored.insert(view->restored);
    return std::string();
  });
  explore(model);
  // 2 alone: the crash took the first input with it.
  EXPECT_EQ(restored, (std::set<int>{0, 1, 2, 12}));
}

TEST(SearchWorld, NodesThatAreDownHearNothing) {
  Model model = toy::toys({.on_do = [](Toy&, int, ToyContext& ctx) { ctx.send(2, toy::Say{1}); }});
  model.max_crashes = 1;
  model.goal("it waits for the restart", [](const Snapshot& at) {
    return !at.is_up(2) && at.messages().size() == 1 && at.view<Toy::View>(2) == nullptr;
  });
  const Result result = explore(model);
  EXPECT_TRUE(result.exhausted()) << result.story();
  EXPECT_TRUE(result.reached("it waits for the restart"));
}

}  // namespace
}  // namespace octet::search
