#include <fmt/format.h>

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/random.h"
#include "graders/stage2-clocks-rpc/every_execution.h"
#include "stage2-clocks-rpc/api/solution.h"

namespace octet::clocks {
namespace {

using grading::Event;
using grading::Execution;
using grading::fail;
using grading::HappenedBefore;
using grading::Random;
using grading::Stamped;
using grading::tell;

using Entries = std::map<NodeId, std::uint64_t>;

constexpr std::uint64_t huge = UINT64_MAX;

std::string text(const VectorStamp& stamp) {
  std::string entries;
  for (const auto& [process, events] : stamp.entries) {
    entries += fmt::format("{}{}:{}", entries.empty() ? "" : ", ", process.value, events);
  }
  return "{" + entries + "}";
}

std::string text(Order order) {
  switch (order) {
    case Order::before:
      return "before";
    case Order::after:
      return "after";
    case Order::equal:
      return "equal to";
    case Order::concurrent:
      return "concurrent with";
  }
  return fmt::format("Order({}), which is none, to", static_cast<int>(order));
}

void expect_order(const VectorStamp& left, const VectorStamp& right, Order expected) {
  const Order got = compare_vectors(left, right);
  if (got == expected) return;
  fail(fmt::format("{} is {} {}, but compare() says that it is {} it", text(left), text(expected),
                   text(right), text(got)));
}

void expect_both_ways(const Entries& left, const Entries& right, Order expected) {
  const Order mirrored = expected == Order::before  ? Order::after
                         : expected == Order::after ? Order::before
                                                    : expected;
  expect_order({left}, {right}, expected);
  expect_order({right}, {left}, mirrored);
}

GRADED_TEST(Vector, ComparisonHasFourResults, 1,
            "a stamp is before another when no entry is above the other's and one is below (V2)") {
  expect_both_ways({{1, 1}}, {{1, 2}}, Order::before);
  expect_both_ways({{1, 3}, {5, 4}}, {{1, 3}, {5, 4}}, Order::equal);
  expect_both_ways({{1, 3}, {5, 4}}, {{1, 3}, {5, 5}}, Order::before);
  expect_both_ways({{1, 3}, {5, 4}}, {{1, 4}, {5, 4}}, Order::before);
  expect_both_ways({{1, 3}, {5, 4}}, {{1, 4}, {5, 5}}, Order::before);
  expect_both_ways({{1, 3}, {5, 4}}, {{1, 4}, {5, 3}}, Order::concurrent);
  expect_both_ways({{1, 1}, {2, 9}, {3, 1}}, {{1, 2}, {2, 1}, {3, 2}}, Order::concurrent);
  expect_both_ways({{7, huge - 1}}, {{7, huge}}, Order::before);
  expect_both_ways({{7, 1}}, {{7, std::uint64_t{1} << 32}}, Order::before);
  expect_both_ways({{7, 1}, {9, huge}}, {{7, huge}, {9, 1}}, Order::concurrent);
}

GRADED_TEST(Vector, AMissingEntryIsZero, 1,
            "a process without an entry counts as 0, on either side, and so does an entry of 0 "
            "(V2)") {
  tell("entries that one side has not");
  expect_both_ways({{1, 1}, {2, 1}}, {{2, 1}, {3, 1}, {4, 1}}, Order::concurrent);
  expect_both_ways({}, {}, Order::equal);
  expect_both_ways({}, {{4, 1}}, Order::before);
  expect_both_ways({{1, 1}}, {{2, 1}}, Order::concurrent);
  expect_both_ways({{2, 1}}, {{1, 1}, {2, 1}}, Order::before);
  expect_both_ways({{2, 1}}, {{2, 1}, {3, 1}}, Order::before);
  expect_both_ways({{2, 2}}, {{2, 1}, {3, 1}}, Order::concurrent);
  expect_both_ways({{1, 5}, {9, 1}}, {{1, 6}}, Order::concurrent);
  expect_both_ways({{4'000'000'000, 1}}, {{3, 1}, {4'000'000'000, 1}}, Order::before);
  tell("entries of 0");
  expect_both_ways({}, {{1, 0}}, Order::equal);
  expect_both_ways({{1, 0}, {2, 3}}, {{2, 3}, {8, 0}}, Order::equal);
  expect_both_ways({{1, 0}}, {{2, 1}}, Order::before);
  expect_both_ways({{1, 0}, {2, 1}}, {{1, 1}, {2, 0}}, Order::concurrent);
  expect_both_ways({{2, 1}, {3, 0}}, {{2, 2}}, Order::before);
}

Entries random_entries(Random& random) {
  Entries entries;
  for (const std::uint32_t process : {1U, 2U, 30U, 31U, 4'000'000'000U}) {
    if (random.below(3) > 0) entries[process] = random.below(3);
  }
  return entries;
}

/// Looks at every process that either side names, as the definition does.
Order expected_order(const Entries& left, const Entries& right) {
  std::set<NodeId> processes;
  for (const Entries* entries : {&left, &right}) {
    for (const auto& [process, events] : *entries) processes.insert(process);
  }
  bool some_below = false;
  bool some_above = false;
  for (const NodeId process : processes) {
    const std::uint64_t of_left = left.contains(process) ? left.at(process) : 0;
    const std::uint64_t of_right = right.contains(process) ? right.at(process) : 0;
    some_below = some_below || of_left < of_right;
    some_above = some_above || of_left > of_right;
  }
  if (some_below && some_above) return Order::concurrent;
  if (some_below) return Order::before;
  return some_above ? Order::after : Order::equal;
}

GRADED_TEST(Vector, RandomComparisonsAgreeWithTheirMeaning, 1,
            "compare() gives exactly one of its four results, the right one, for any entries "
            "(V2)") {
  Random random(grading::seed(), "vectors");
  std::map<Order, int> results;
  for (int i = 0; i < 3000; ++i) {
    const Entries left = random_entries(random);
    const Entries right = random.below(8) == 0 ? left : random_entries(random);
    const Order expected = expected_order(left, right);
    expect_order({left}, {right}, expected);
    ++results[expected];
  }
  for (const Order order : {Order::before, Order::after, Order::equal, Order::concurrent}) {
    EXPECT_GT(results[order], 100) << "too few to have tested anything: " << text(order);
  }
}

/// A process with its clock, which tells what it does.
class Process {
 public:
  explicit Process(NodeId id) : id_(id), clock_(make_vector_clock(id)) {}

  VectorStamp tick() { return after("takes a step", clock_->tick()); }

  VectorStamp receive(const VectorStamp& message) {
    const VectorStamp stamp = after("receives " + text(message), clock_->receive(message));
    expect_order(message, stamp, Order::before);
    return stamp;
  }

 private:
  VectorStamp after(const std::string& what, VectorStamp stamp) {
    tell(fmt::format("process {} {}: {}", id_.value, what, text(stamp)));
    if (last_) expect_order(*last_, stamp, Order::before);
    last_ = stamp;
    return stamp;
  }

  NodeId id_;
  std::unique_ptr<AnyVectorClock> clock_;
  std::optional<VectorStamp> last_;
};

GRADED_TEST(Vector, AReceiveIsAnEvent, 1,
            "the stamp of a receive is after that of its send and after what its process did "
            "before (V1)") {
  tell("--- a process that has done nothing receives");
  Process sender(3);
  Process idle(9);
  const VectorStamp message = sender.tick();
  const VectorStamp first = idle.receive(message);
  tell("--- two processes receive the same message: two events");
  Process other(20);
  expect_order(first, other.receive(message), Order::concurrent);
  tell("--- the message comes again");
  const VectorStamp again = idle.receive(message);
  tell("--- the sender goes on without having heard of that");
  expect_order(again, sender.tick(), Order::concurrent);
  tell("--- a message that knows nothing new");
  sender.receive(other.tick());
  sender.receive(message);
}

GRADED_TEST(Vector, AMergeForgetsNothing, 1,
            "a process knows what each of its messages knew, and what it knew before (V1)") {
  Process a(1);
  Process b(65'537);
  Process c(4'000'000'000);
  const VectorStamp early = a.tick();
  const VectorStamp late = a.tick();
  const VectorStamp other = b.tick();
  expect_order(other, late, Order::concurrent);
  c.receive(late);
  tell("--- an older message comes after a newer one");
  const VectorStamp after_early = c.receive(early);
  expect_order(late, after_early, Order::before);
  tell("--- a message that knows nothing of process 1");
  const VectorStamp after_other = c.receive(other);
  expect_order(late, after_other, Order::before);
  tell("--- what process 4000000000 knows travels on, over process 65537");
  const VectorStamp last = b.receive(c.tick());
  expect_order(late, last, Order::before);
  expect_order(after_other, last, Order::before);
}

Order order_of(const HappenedBefore& happened_before, std::size_t one, std::size_t other) {
  if (one == other) return Order::equal;
  if (happened_before(one, other)) return Order::before;
  return happened_before(other, one) ? Order::after : Order::concurrent;
}

Stamped judge(const Execution& execution) {
  const auto stamps = grading::stamps_of<VectorStamp>(
      execution, make_vector_clock,
      [](AnyVectorClock& clock, const Event&, const VectorStamp* message) {
        return message == nullptr ? clock.tick() : clock.receive(*message);
      });
  Stamped stamped;
  for (const VectorStamp& stamp : stamps) stamped.stamps.push_back(text(stamp));
  const HappenedBefore happened_before(execution);
  for (std::size_t i = 0; i < stamps.size(); ++i) {
    for (std::size_t j = 0; j < stamps.size(); ++j) {
      const Order expected = order_of(happened_before, i, j);
      const Order got = compare_vectors(stamps[i], stamps[j]);
      if (got == expected) continue;
      stamped.broken = fmt::format("\"{}\" is {} \"{}\", but by their stamps {} is {} {}",
                                   text(execution[i]), text(expected), text(execution[j]),
                                   text(stamps[i]), text(got), text(stamps[j]));
    }
  }
  return stamped;
}

GRADED_TEST(Vector, StampsTellWhatHappenedBefore, 2,
            "V(a) < V(b) exactly when a happened before b, whatever is lost, late or doubled "
            "(V1)") {
  grading::expect_sound_in_random_executions(judge);
}

}  // namespace
}  // namespace octet::clocks
