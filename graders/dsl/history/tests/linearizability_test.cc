#include "graders/dsl/history/linearizability.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <deque>
#include <string>

#include "graders/dsl/history/tests/brute_force.h"
#include "runtime/random.h"

namespace octet::grading {
namespace {

using Kind = Operation::Kind;
using Verdict = Linearizability::Verdict;

/// Makes small histories: some of a real store, some with a result that was made up.
class Made {
 public:
  explicit Made(std::uint64_t seed, bool unique) : random_(seed, "histories"), unique_(unique) {
    const std::size_t count = 1 + random_.below(8);
    std::string value;
    for (std::size_t i = 0; i < count; ++i) {
      all_.push_back(draw(i));
      all_.back().called = 10 * i + random_.below(30);
      effects_.push_back({all_.back().called + 1 + random_.below(25), i});
    }
    std::ranges::sort(effects_);
    for (const auto& [when, i] : effects_) take_effect(when, i, value);
    for (Operation& each : all_) spoil(each);
    settle();
  }

  const Operations& operations() const { return all_; }

 private:
  std::string_view keep(std::string text) { return texts_.emplace_back(std::move(text)); }

  std::string_view text(std::size_t i) {
    if (unique_) return keep("<" + std::to_string(i) + ">");
    return keep(std::string(1 + random_.below(2), static_cast<char>('a' + random_.below(2))));
  }

  Operation draw(std::size_t i) {
    constexpr std::array kinds = {Kind::get,    Kind::get,    Kind::put,
                                  Kind::append, Kind::append, Kind::cas};
    Operation made{.client = i, .kind = kinds.at(random_.below(kinds.size()))};
    if (made.kind != Kind::get) made.argument = text(i);
    if (made.kind == Kind::cas) made.expected = random_.below(3) == 0 ? "" : text(random_.below(8));
    return made;
  }

  void take_effect(std::size_t when, std::size_t i, std::string& value) {
    Operation& each = all_[i];
    each.returned = when + 1 + random_.below(20);
    if (each.kind == Kind::cas && random_.below(2) == 0) each.expected = keep(value);
    each.result = keep(value);
    each.swapped = each.kind != Kind::cas || value == each.expected;
    if (each.kind != Kind::get && random_.below(6) == 0) {
      each.returned = Operation::never;
      each.swapped = true;
      if (random_.below(2) == 0) return;  // it never happened
    }
    if (each.kind == Kind::put) value = each.argument;
    if (each.kind == Kind::append) value += each.argument;
    if (each.kind == Kind::cas && value == each.expected) value = each.argument;
  }

  void spoil(Operation& each) {
    if (random_.below(10) != 0 || !each.is_known()) return;
    if (each.kind == Kind::cas) each.swapped = !each.swapped;
    if (each.kind == Kind::get) each.result = all_[random_.below(all_.size())].result;
  }

  /// No two things happen at one time.
  void settle() {
    std::vector<std::size_t*> times;
    for (Operation& each : all_) {
      times.push_back(&each.called);
      if (each.is_known()) times.push_back(&each.returned);
    }
    std::ranges::stable_sort(times, {}, [](const std::size_t* time) { return *time; });
    for (std::size_t i = 0; i < times.size(); ++i) *times[i] = i + 1;
  }

  Random random_;
  bool unique_;
  Operations all_;
  std::vector<std::pair<std::size_t, std::size_t>> effects_;
  std::deque<std::string> texts_;
};

TEST(Linearizability, AgreesWithBruteForce) {
  for (const bool unique : {false, true}) {
    int bad = 0;
    constexpr int histories = 5'000;
    for (int seed = 0; seed < histories; ++seed) {
      const Made made(static_cast<std::uint64_t>(seed), unique);
      const bool expected = is_linearizable_by_brute_force(made.operations());
      const Linearizability found = check_linearizability(made.operations());
      ASSERT_EQ(found.verdict, expected ? Verdict::yes : Verdict::no)
          << "seed " << seed << ", unique " << unique;
      bad += expected ? 0 : 1;
    }
    EXPECT_GT(bad, histories / 20);
    EXPECT_LT(bad, histories / 2);
  }
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
  EXPECT_EQ(found.explanations[0].value, "b");
  EXPECT_EQ(found.explanations[0].order, (std::vector<std::size_t>{0, 1}));
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

}  // namespace
}  // namespace octet::grading
