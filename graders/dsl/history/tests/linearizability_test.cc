#include "graders/dsl/history/linearizability.h"

#include <gtest/gtest.h>

#include "graders/dsl/history/tests/brute_force.h"
#include "graders/dsl/history/tests/made_history.h"

namespace octet::grading {
namespace {

using Kind = Operation::Kind;
using Verdict = Linearizability::Verdict;

/// Some histories of each model are bad, and most are not.
void expect_the_verdicts_of_brute_force(Model model) {
  for (const bool unique : {false, true}) {
    int bad = 0;
    constexpr int histories = 5'000;
    for (int seed = 0; seed < histories; ++seed) {
      const MadeHistory made(model, static_cast<std::uint64_t>(seed), unique);
      const bool expected = is_linearizable_by_brute_force(made.operations());
      const Linearizability found = check_linearizability(made.operations());
      ASSERT_EQ(found.verdict, expected ? Verdict::yes : Verdict::no)
          << "seed " << seed << ", unique " << unique;
      ASSERT_TRUE(!expected || made.operations().empty() ||
                  is_linearization(made.operations(), found.explanations.at(0).order))
          << "seed " << seed << ", unique " << unique;
      bad += expected ? 0 : 1;
    }
    EXPECT_GT(bad, histories / 20);
    EXPECT_LT(bad, histories / 2);
  }
}

TEST(Linearizability, OfAKeyAgreesWithBruteForce) {
  expect_the_verdicts_of_brute_force(Model::key_value);
}

TEST(Linearizability, OfARegisterAgreesWithBruteForce) {
  expect_the_verdicts_of_brute_force(Model::register_value);
}

TEST(Linearizability, OfAQueueAgreesWithBruteForce) {
  expect_the_verdicts_of_brute_force(Model::queue);
}

TEST(Linearizability, OfALockAgreesWithBruteForce) {
  expect_the_verdicts_of_brute_force(Model::lock);
}

TEST(Linearizability, NamesTheFirstThatCannotBeExplained) {
  const Operations operations = {
      {.client = 1, .kind = Kind::put, .called = 1, .returned = 2, .argument = "a"},
      {.client = 1, .kind = Kind::put, .called = 3, .returned = 4, .argument = "b"},
      {.client = 2, .kind = Kind::get, .called = 5, .returned = 6, .result = "a"},
      {.client = 2, .kind = Kind::get, .called = 7, .returned = 8, .result = "b"}};
  const Linearizability found = check_linearizability(operations);
  EXPECT_EQ(found.verdict, Verdict::no);
  EXPECT_EQ(found.unexplained, 2U);
  ASSERT_EQ(found.explanations.size(), 1U);
  EXPECT_EQ(found.explanations[0].order, (std::vector<std::size_t>{0, 1}));
  EXPECT_EQ(found.explanations[0].pending, std::vector<std::size_t>{2});
}

TEST(Linearizability, WithoutBudgetItIsUndecided) {
  Operations operations;
  for (std::size_t i = 0; i < 12; ++i) {
    operations.push_back({.kind = Kind::append, .called = i, .returned = 100 + i, .argument = "a"});
  }
  operations.push_back({.kind = Kind::get, .called = 50, .returned = 200, .result = "aaaab"});
  EXPECT_EQ(check_linearizability(operations, 10).verdict, Verdict::undecided);
  EXPECT_EQ(check_linearizability(operations).verdict, Verdict::no);
}

TEST(Linearizability, WithTooManyUnderWayItIsUndecided) {
  Operations operations;
  for (std::size_t i = 0; i < 300; ++i) {
    operations.push_back({.kind = Kind::write, .called = i, .returned = 1000 + i, .argument = "a"});
  }
  EXPECT_EQ(check_linearizability(operations).verdict, Verdict::undecided);
  operations.resize(200);
  EXPECT_EQ(check_linearizability(operations).verdict, Verdict::yes);
}

TEST(Linearizability, ManyThatMakeNoDifferenceCostLittle) {
  Operations operations;
  for (std::size_t i = 0; i < 100; ++i) {
    operations.push_back({.kind = Kind::enqueue,
                          .called = i,
                          .returned = 1000 + i,
                          .argument = i == 40 ? "seen" : "never seen"});
  }
  operations.push_back({.kind = Kind::dequeue, .called = 500, .returned = 2000, .result = "seen"});
  const Linearizability found = check_linearizability(operations);
  EXPECT_EQ(found.verdict, Verdict::yes);
  EXPECT_LT(found.visited, 10'000U);
}

}  // namespace
}  // namespace octet::grading
