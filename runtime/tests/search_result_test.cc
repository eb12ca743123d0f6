#include <gtest/gtest.h>

#include <stdexcept>

#include "runtime/search/explorer.h"
#include "runtime/tests/election_model.h"
#include "runtime/tests/toy.h"

namespace octet::search {
namespace {

using End = Result::End;
using toy::Toy;
using ToyContext = toy::Context;

/// One state after the other: nothing, 1, 12, 123.
Model line_of_four() {
  return toy::toys(
      {.on_do = [](Toy& toy, int number, ToyContext&) { toy.heard = toy.heard * 10 + number; }}, 3);
}

TEST(SearchResult, AllIsSeenAndCounted) {
  const Result result = explore(line_of_four());
  EXPECT_EQ(result.end, End::exhausted);
  EXPECT_EQ(result.states_by_depth, (std::vector<std::uint64_t>{1, 1, 1, 1}));
  EXPECT_EQ(result.story(), "search exhausted: 4 states, 5 transitions, depth 3\n");
}

TEST(SearchResult, AsManyStatesAsTheBoundAreNotTooMany) {
  EXPECT_EQ(explore(line_of_four(), {.max_states = 4}).end, End::exhausted);
  const Result result = explore(line_of_four(), {.max_states = 3});
  EXPECT_EQ(result.end, End::max_states);
  EXPECT_TRUE(result.ok());
  EXPECT_EQ(result.states, 3U);
}

TEST(SearchResult, AsDeepAsTheBoundIsNotTooDeep) {
  EXPECT_EQ(explore(line_of_four(), {.max_depth = 3}).end, End::exhausted);
  const Result result = explore(line_of_four(), {.max_depth = 2});
  EXPECT_EQ(result.end, End::max_depth);
  EXPECT_EQ(result.states, 3U);
  EXPECT_EQ(result.depth, 2U);
}

TEST(SearchResult, StatesThatLeadBackAreNotTooDeep) {
  const auto again = [](Toy&, int, ToyContext& ctx) { ctx.set_timer(toy::Tick{1}, {}); };
  const Model model = toy::toys({.on_do = again, .on_tick = again});
  EXPECT_EQ(explore(model, {.max_depth = 1}).end, End::exhausted);
}

TEST(SearchResult, ChoicesLeftOutAreAdmitted) {
  const Model model = toy::toys({.on_do = [](Toy& toy, int, ToyContext& ctx) {
    toy.heard = static_cast<int>(ctx.choose(10));
  }});
  EXPECT_EQ(explore(model, {.max_choices = 10}).end, End::exhausted);
  const Result result = explore(model, {.max_choices = 9});
  EXPECT_EQ(result.end, End::max_choices);
  EXPECT_FALSE(result.exhausted());
}

TEST(SearchResult, ThousandsOfHostsAreKeptApart) {
  const Model model = toy::toys({.on_do = [](Toy& toy, int, ToyContext& ctx) {
    toy.heard = 1 + static_cast<int>(ctx.choose(3'000));
  }});
  EXPECT_EQ(explore(model, {.max_choices = 3'000}).states, 3'001U);
}

TEST(SearchResult, APruneIsCheckedAndNotPassed) {
  Model model = line_of_four();
  model.goal("1", [](const Snapshot& at) { return at.view<Toy::View>(1)->heard == 1; });
  model.goal("12", [](const Snapshot& at) { return at.view<Toy::View>(1)->heard == 12; });
  model.prune("at 1", [](const Snapshot& at) { return at.view<Toy::View>(1)->heard == 1; });
  const Result result = explore(model);
  EXPECT_EQ(result.end, End::exhausted);
  EXPECT_EQ(result.pruned, 1U);
  EXPECT_TRUE(result.reached("1"));
  EXPECT_FALSE(result.reached("12"));
}

TEST(SearchResult, GoalsCanEndIt) {
  Model model = line_of_four();
  model.goal("12", [](const Snapshot& at) { return at.view<Toy::View>(1)->heard == 12; });
  EXPECT_EQ(explore(model).states, 4U);
  const Result result = explore(model, {.until_goals = true});
  EXPECT_EQ(result.end, End::goals);
  EXPECT_EQ(result.goals.at(0).depth, 2U);
  EXPECT_EQ(result.trace.size(), 4U);
  EXPECT_EQ(result.trace.back().bytes, toy::told_to(2));
}

TEST(SearchResult, AThrowIsAViolationThatNamesItsHandler) {
  const Model model = toy::toys({.on_do =
                                     [](Toy&, int number, ToyContext&) {
                                       if (number == 2) throw std::out_of_range("no such index");
                                     }},
                                2);
  const Result result = explore(model);
  EXPECT_EQ(result.violation, R"(Toy of node 1 threw in Do{"number":2}: no such index)");
  EXPECT_EQ(result.trace.size(), 4U);
  EXPECT_EQ(result.trace.back(),
            (Step{.kind = Step::Kind::input, .node = 1, .bytes = toy::told_to(2)}));
}

TEST(SearchResult, AThrowThatDependsOnAChoiceTellsIt) {
  const Model model = toy::toys({.on_do = [](Toy&, int, ToyContext& ctx) {
    if (ctx.choose(3) == 1 && ctx.choose(2) == 1) throw 7;
  }});
  const Result result = explore(model);
  EXPECT_EQ(result.violation,
            R"(Toy of node 1 threw in Do{"number":1}: something that is no std::exception)");
  EXPECT_EQ(result.trace.back().choices, (std::vector<std::uint64_t>{1, 1}));
}

TEST(SearchResult, AHandlerThatNeverStopsChoosingFails) {
  const Model model = toy::toys({.on_do = [](Toy&, int, ToyContext& ctx) {
    while (ctx.choose(2) == 0) continue;
  }});
  EXPECT_FALSE(explore(model).ok());
}

TEST(SearchResult, AFieldThatSerializeForgetsIsAViolation) {
  const Model model = toy::toys({.on_do = [](Toy& toy, int, ToyContext&) { ++toy.secret; }});
  const Result result = explore(model);
  EXPECT_EQ(result.violation,
            "serialize() of Toy forgets a field: two states of the node differ by == and have the "
            "same state(), so the search would merge them");
  EXPECT_EQ(result.trace.size(), 3U);
}

TEST(SearchResult, WhatIsConfiguredNeedNotBeInTheState) {
  Model model = toy::toys({});
  model.make = [](NodeId id) { return make_node(Toy{.secret = static_cast<int>(id.value)}); };
  const Result result = explore(model);
  EXPECT_TRUE(result.exhausted()) << result.story();
}

/// Cannot read what a Toy writes.
struct Illiterate : Toy {
  Illiterate() { secret = 1; }
  struct Protocol : toy::Protocol {
    using Record = std::variant<std::string>;
  };
  void start(std::span<const Protocol::Record>, octet::Context<Protocol>&) {}
  template <class Event>
  void on(const Event&, octet::Context<Protocol>&) {}
  void on(const toy::Say&, NodeId, octet::Context<Protocol>&) {}
  template <class Archive>
  void serialize(Archive& archive) {
    archive(heard, secret);
  }
};

TEST(SearchResult, ADiskThatCannotBeReadIsAViolation) {
  Model model = toy::toys({.on_do = [](Toy&, int, ToyContext& ctx) { ctx.persist(toy::Note{1}); }});
  model.max_crashes = 1;
  model.make = [made = 0, toy = model.make](NodeId id) mutable {
    return ++made > 2 ? make_node(Illiterate()) : toy(id);
  };
  EXPECT_EQ(explore(model).violation,
            "Illiterate of node 1 threw in start(): record 1 of 1 on its disk is none of its "
            "protocol's");
}

/// A copy of it is not what it was.
struct Uncopyable : Toy {
  Uncopyable() = default;
  Uncopyable(const Uncopyable& other) : Toy(other) { ++heard; }
  Uncopyable(Uncopyable&&) = default;
};

TEST(SearchResult, ACopyThatDiffersIsAViolation) {
  Model model = toy::toys({});
  model.make = [](NodeId) { return make_node(Uncopyable()); };
  const Result result = explore(model);
  EXPECT_EQ(result.violation,
            "a copy of Uncopyable is not equal to it, so the search cannot go on from a copy");
}

TEST(SearchResult, ARunIsSeenAgainByOpeningWithIt) {
  Model model = toy::toys({.on_do = [](Toy& toy, int, ToyContext& ctx) {
    toy.heard = static_cast<int>(ctx.choose(3));
    ctx.set_timer(toy::Tick{1}, std::chrono::seconds(1));
  }});
  model.invariant("never 21", [](const Snapshot& at) -> std::string {
    return at.view<Toy::View>(1)->heard == 21 ? "it is 21" : "";
  });
  const Result result = explore(model);
  ASSERT_FALSE(result.ok());
  model.opening = result.trace;
  const Result again = explore(model, {.max_depth = 0});
  EXPECT_EQ(again.violation, result.violation);
  EXPECT_EQ(again.told, result.told);
  EXPECT_EQ(again.states, 1U);
}

TEST(SearchResult, ASearchGoesOnFromAGoal) {
  Model model = line_of_four();
  model.goal("12", [](const Snapshot& at) { return at.view<Toy::View>(1)->heard == 12; });
  model.opening = explore(model, {.until_goals = true}).trace;
  const Result result = explore(model);
  EXPECT_EQ(result.end, End::exhausted);
  EXPECT_EQ(result.states_by_depth, (std::vector<std::uint64_t>{1, 1}));
}

TEST(SearchResult, AThrowInTheOpeningIsFoundAgain) {
  Model model = toy::toys({.on_do = [](Toy&, int, ToyContext&) { throw std::runtime_error("x"); }});
  const Result result = explore(model);
  model.opening = result.trace;
  EXPECT_EQ(explore(model).violation, result.violation);
}

TEST(SearchResult, AnOpeningThatDoesNotFitIsRefused) {
  Model model = line_of_four();
  model.opening = {{.kind = Step::Kind::start, .node = 1}, {.kind = Step::Kind::crash, .node = 1}};
  const Result result = explore(model);
  EXPECT_EQ(result.end, End::opening);
  EXPECT_EQ(result.violation, "step 2 of the opening cannot be taken; the steps before it can");
}

void expect_equal(const Result& one, const Result& other) {
  EXPECT_EQ(one.story(), other.story());
  EXPECT_EQ(one.trace, other.trace);
  EXPECT_EQ(one.states_by_depth, other.states_by_depth);
}

/// Loses what it voted for.
struct ForgetfulVoter : election::Voter {
  using Voter::Voter;
  void start(std::span<const Protocol::Record>, election::Context& ctx) { Voter::start({}, ctx); }
};

TEST(SearchResult, TheSameSearchHasTheSameResult) {
  const Model model = election::three_voters<ForgetfulVoter>(1, 1);
  expect_equal(explore(model), explore(model));
  EXPECT_FALSE(explore(model).ok());
}

TEST(SearchResult, ARandomSearchRepeatsFromItsSeed) {
  const Model model = election::three_voters<ForgetfulVoter>(1, 1);
  const Bounds bounds{.max_states = 100'000, .max_depth = 40};
  const Result result = explore_randomly(model, 1, bounds);
  EXPECT_FALSE(result.ok());
  EXPECT_EQ(result.violation, explore(model).violation);
  expect_equal(result, explore_randomly(model, 1, bounds));
  EXPECT_NE(result.trace, explore_randomly(model, 2, bounds).trace);
}

TEST(SearchResult, ARandomSearchEndsByItsBoundAndNeverExhausts) {
  const Result result = explore_randomly(line_of_four(), 1, {.max_states = 50});
  EXPECT_EQ(result.end, End::max_states);
  EXPECT_EQ(result.states, 4U);
  EXPECT_EQ(result.transitions, 50U);
}

TEST(SearchResult, AnElectionThatKeepsItsVotesIsSafe) {
  const Result result = explore(election::three_voters(1, 1));
  EXPECT_TRUE(result.exhausted()) << result.story();
  EXPECT_TRUE(result.reached("a leader exists"));
}

TEST(SearchResult, AWalkWithNowhereToGoEnds) {
  const auto started = [](Model model) {
    model.goal("everybody has started", [](const Snapshot&) { return true; });
    model.opening = explore(model, {.until_goals = true}).trace;
    return model;
  };
  const Bounds bounds{.max_states = 50};
  EXPECT_EQ(explore_randomly(started(toy::toys({}, 0)), 1, bounds).end, End::exhausted);
  const Bounds no_step{.max_states = 50, .max_depth = 0};
  EXPECT_EQ(explore_randomly(started(line_of_four()), 1, no_step).end, End::max_depth);
}

}  // namespace
}  // namespace octet::search
