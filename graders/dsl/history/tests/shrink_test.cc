#include "graders/dsl/history/shrink.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "graders/dsl/history/erasure.h"
#include "graders/dsl/history/tests/brute_force.h"
#include "graders/dsl/history/tests/made_history.h"

namespace octet::grading {
namespace {

using Kind = Operation::Kind;
using Verdict = Linearizability::Verdict;

constexpr int histories = 3'000;

Group members_of(const std::vector<Group>& groups, Random& random) {
  Group members;
  for (const Group& group : groups) {
    if (random.below(2) == 0) members.insert(members.end(), group.begin(), group.end());
  }
  return members;
}

std::pair<Operations, Operations> split(const Operations& all, const Group& removed) {
  std::pair<Operations, Operations> parts;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const bool is_removed = std::ranges::count(removed, i) > 0;
    (is_removed ? parts.first : parts.second).push_back(all[i]);
  }
  return parts;
}

class Removals : public testing::TestWithParam<std::tuple<Model, bool>> {};

/// What is taken away could have been left out of a good history, so it makes none bad.
TEST_P(Removals, LeaveAGoodHistoryGood) {
  const auto [model, unique] = GetParam();
  int removed_writers = 0;
  for (std::uint64_t seed = 0; seed < histories; ++seed) {
    const MadeHistory made(model, seed, unique);
    const Operations& all = made.operations();
    if (!is_linearizable_by_brute_force(all)) continue;
    Random random(seed, "removals");
    const auto [no_readers, fewer] = split(all, members_of(readers(all), random));
    ASSERT_TRUE(is_linearizable_by_brute_force(fewer)) << "seed " << seed;
    const auto [gone, rest] = split(fewer, members_of(writers(fewer), random));
    if (gone.empty() || !are_unseen(gone, rest)) continue;
    ASSERT_TRUE(is_linearizable_by_brute_force(rest)) << "seed " << seed;
    ++removed_writers;
  }
  EXPECT_GT(removed_writers, histories / 20);
}

INSTANTIATE_TEST_SUITE_P(OfEveryModel, Removals,
                         testing::Combine(testing::Values(Model::key_value, Model::register_value,
                                                          Model::queue, Model::lock),
                                          testing::Bool()));

TEST(Erasure, LeavesAGoodHistoryGood) {
  int erasures = 0;
  for (std::uint64_t seed = 0; seed < histories; ++seed) {
    const MadeHistory made(Model::key_value, seed, true);
    if (!is_linearizable_by_brute_force(made.operations())) continue;
    Random random(seed, "erasures");
    const Group gone = members_of(erasable(made.operations()), random);
    if (gone.empty()) continue;
    std::deque<std::string> texts;
    ASSERT_TRUE(is_linearizable_by_brute_force(erased(made.operations(), gone, texts)))
        << "seed " << seed;
    ++erasures;
  }
  EXPECT_GT(erasures, histories / 20);
}

TEST(FirstViolation, IsTheFirstReturnThatThePastDoesNotExplain) {
  for (const Model model : {Model::key_value, Model::register_value, Model::queue, Model::lock}) {
    for (std::uint64_t seed = 0; seed < histories; ++seed) {
      const MadeHistory made(model, seed, true);
      const Linearizability found = check_linearizability(made.operations());
      if (found.verdict != Verdict::no) continue;
      const Violation violation = first_violation(made.operations(), found);
      ASSERT_FALSE(is_linearizable_by_brute_force(violation.operations)) << "seed " << seed;
      Operations before = violation.operations;
      const std::size_t last = last_to_return(before);
      const bool only_reads = before[last].kind == Kind::get || before[last].kind == Kind::read;
      ASSERT_TRUE(!only_reads || violation.found.unexplained == last) << "seed " << seed;
      before[last].returned = Operation::never;
      ASSERT_TRUE(is_linearizable_by_brute_force(before)) << "seed " << seed;
    }
  }
}

TEST(Shrink, KeepsAViolationWithTheSameLastReturn) {
  for (const Model model : {Model::key_value, Model::register_value, Model::queue, Model::lock}) {
    for (std::uint64_t seed = 0; seed < histories; ++seed) {
      const MadeHistory made(model, seed, true);
      const Linearizability found = check_linearizability(made.operations());
      if (found.verdict != Verdict::no) continue;
      const Violation violation = first_violation(made.operations(), found);
      const Shrunk shrunk = shrink(violation);
      const Operations& small = shrunk.violation.operations;
      ASSERT_FALSE(is_linearizable_by_brute_force(small)) << "seed " << seed;
      ASSERT_TRUE(shrunk.is_finished);
      const Operations& whole = violation.operations;
      ASSERT_EQ(small[last_to_return(small)].returned, whole[last_to_return(whole)].returned)
          << "seed " << seed;
    }
  }
}

/// A stale read among many others: an append, who sees it, and who does not any more.
Operations stale_read(std::deque<std::string>& texts) {
  Operations all;
  std::size_t place = 0;
  std::string value;
  const auto add = [&](Operation made) {
    made.called = ++place;
    made.returned = ++place;
    all.push_back(made);
  };
  for (std::uint64_t i = 0; i < 200; ++i) {
    const std::string_view piece = texts.emplace_back("<" + std::to_string(i) + ">");
    add({.client = i % 5, .kind = Kind::append, .argument = piece});
    add({.client = 7, .kind = Kind::get, .result = texts.emplace_back(value += piece)});
  }
  add({.client = 8, .kind = Kind::get, .result = texts[texts.size() - 3]});
  return all;
}

TEST(Shrink, FindsTheThreeThatShowAStaleRead) {
  std::deque<std::string> texts;
  const Operations all = stale_read(texts);
  const Shrunk shrunk = shrink(first_violation(all, check_linearizability(all)));
  const Operations& small = shrunk.violation.operations;
  ASSERT_EQ(small.size(), 2U) << "the append has surely taken effect when it returned";
  EXPECT_EQ(small[0].argument, "<199>");
  EXPECT_EQ(small[1].client, 8U);
  EXPECT_EQ(small[1].result, "");
}

TEST(Shrink, SaysWhenItsBudgetHasEnded) {
  std::deque<std::string> texts;
  const Operations all = stale_read(texts);
  const Shrunk shrunk = shrink(first_violation(all, check_linearizability(all)), 500);
  EXPECT_FALSE(shrunk.is_finished);
  EXPECT_EQ(check_linearizability(shrunk.violation.operations).verdict, Verdict::no);
}

}  // namespace
}  // namespace octet::grading
