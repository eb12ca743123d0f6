#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

#include "runtime/search/explorer.h"
#include "runtime/tests/toy.h"

// Whatever is thrown becomes a violation that names who threw, with the run that leads there.

namespace octet::search {
namespace {

using toy::Toy;
using ToyContext = toy::Context;

/// A Toy that throws in one of its members as soon as it has heard something.
enum class Member { none, view, serialize, equality, copy };

template <Member member>
struct Thrower : Toy {
  Thrower() {
    script.on_do = [](Toy& toy, int number, ToyContext&) { toy.heard = number; };
  }
  Thrower(const Thrower& other) : Toy(other) { may_throw(Member::copy); }
  Thrower(Thrower&&) = default;

  View view() const {
    may_throw(Member::view);
    return Toy::view();
  }
  bool operator==(const Thrower& other) const {
    may_throw(Member::equality);
    return Toy::operator==(other);
  }
  template <class Archive>
  void serialize(Archive& archive) {
    may_throw(Member::serialize);
    Toy::serialize(archive);
  }
  void may_throw(Member asked) const {
    if (asked == member && heard > 0) throw std::runtime_error("no such index");
  }
};

/// Node 1 is told to hear something; looked at by an invariant, as a protocol would be.
template <Member member>
Model thrower() {
  Model model{.nodes = {1, 2},
              .make = [](NodeId) { return make_node(Thrower<member>()); },
              .inputs = {{1, toy::told_to(1)}}};
  return model.invariant("it is looked at", [](const Snapshot& at) -> std::string {
    return at.view<Toy::View>(1)->heard > 1 ? "it heard too much" : "";
  });
}

/// In both ways of searching, and with the steps that lead there.
void expect_violation(const Model& model, const std::string& sentence) {
  for (const Result& result : {explore(model), explore_randomly(model, 1)}) {
    EXPECT_EQ(result.end, Result::End::violation);
    EXPECT_EQ(result.violation, sentence);
    ASSERT_EQ(result.trace.size(), 3U);
    EXPECT_EQ(result.trace.back().kind, Step::Kind::input);
    EXPECT_EQ(result.told.size(), 3U);
  }
}

TEST(SearchThrow, ANodeThatThrowsNothingIsFine) {
  EXPECT_TRUE(explore(thrower<Member::none>()).exhausted());
}

TEST(SearchThrow, AViewIsNamed) {
  expect_violation(thrower<Member::view>(), "view() of Thrower threw: no such index");
}

TEST(SearchThrow, TheStorySaysWhyThereIsNothingToSee) {
  const Result result = explore(thrower<Member::view>());
  EXPECT_EQ(result.told.back(),
            "node 1 is asked for Do{\"number\":1}\n       view() threw: no such index");
}

TEST(SearchThrow, SerializeIsNamed) {
  expect_violation(thrower<Member::serialize>(), "serialize() of Thrower threw: no such index");
}

TEST(SearchThrow, EqualityIsNamed) {
  expect_violation(thrower<Member::equality>(), "operator== of Thrower threw: no such index");
}

TEST(SearchThrow, ACopyIsNamed) {
  expect_violation(thrower<Member::copy>(), "the copy constructor of Thrower threw: no such index");
}

bool has_heard(const Snapshot& at) {
  if (at.view<Toy::View>(1)->heard > 0) throw std::out_of_range("key 7");
  return false;
}

Model curious() {
  return toy::toys({.on_do = [](Toy& toy, int number, ToyContext&) { toy.heard = number; }});
}

TEST(SearchThrow, AnInvariantIsNamed) {
  Model model = curious();
  model.invariant("all is well", [](const Snapshot& at) { return has_heard(at) ? "no" : ""; });
  expect_violation(model, "the invariant \"all is well\" threw: key 7");
}

TEST(SearchThrow, AGoalIsNamed) {
  Model model = curious();
  model.goal("it is heard", has_heard);
  expect_violation(model, "the goal \"it is heard\" threw: key 7");
}

TEST(SearchThrow, APruneIsNamed) {
  Model model = curious();
  model.prune("enough is heard", has_heard);
  expect_violation(model, "the prune \"enough is heard\" threw: key 7");
}

TEST(SearchThrow, WhatIsNoExceptionIsNamedToo) {
  Model model = curious();
  model.goal("7", [](const Snapshot& at) -> bool {
    if (at.view<Toy::View>(1)->heard > 0) throw 7;
    return false;
  });
  expect_violation(model, "the goal \"7\" threw: something that is no std::exception");
}

TEST(SearchThrow, ANodeThatCannotBeMadeIsToldOf) {
  Model model = curious();
  model.make = [](NodeId) -> std::unique_ptr<AnyNode> { throw std::runtime_error("no memory"); };
  const Result result = explore(model);
  EXPECT_EQ(result.violation, "making node 1 threw: no memory");
  EXPECT_EQ(result.told, std::vector<std::string>{"node 1 starts"});
}

}  // namespace
}  // namespace octet::search
