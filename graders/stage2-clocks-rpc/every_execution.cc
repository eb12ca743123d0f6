#include "graders/stage2-clocks-rpc/every_execution.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "graders/dsl/graded_test.h"

namespace octet::grading {
namespace {

constexpr std::array<std::size_t, 6> processes = {2, 3, 1, 4, 5, 7};
constexpr std::size_t most_events = 42;
constexpr std::size_t executions_per_size = 4;

/// Without one event, and without the receives of what it sends.
Execution without(const Execution& execution, std::size_t left_out) {
  const Event& event = execution[left_out];
  Execution rest;
  for (std::size_t i = 0; i < execution.size(); ++i) {
    const bool depends = event.kind == Event::Kind::send &&
                         execution[i].kind != Event::Kind::local &&
                         execution[i].message == event.message;
    if (i != left_out && !depends) rest.push_back(execution[i]);
  }
  return rest;
}

Execution smallest_broken(Execution execution, const Judge& judge) {
  for (std::size_t i = 0; i < execution.size();) {
    Execution smaller = without(execution, i);
    const bool still_broken = judge(smaller).broken.has_value();
    if (still_broken) execution = std::move(smaller);
    i = still_broken ? 0 : i + 1;
  }
  return execution;
}

void tell_and_fail(const Execution& execution, const Judge& judge) {
  const Execution small = smallest_broken(execution, judge);
  const Stamped stamped = judge(small);
  for (std::size_t i = 0; i < small.size(); ++i) {
    tell(fmt::format("{}: {}", text(small[i]), stamped.stamps[i]));
  }
  fail(*stamped.broken);
}

}  // namespace

void expect_sound_in_random_executions(const Judge& judge) {
  Random random(seed(), "executions");
  std::size_t concurrent_pairs = 0;
  std::size_t longest_chain = 0;
  for (std::size_t events = 2; events <= most_events; ++events) {
    for (std::size_t i = 0; i < executions_per_size; ++i) {
      const std::size_t count = processes[random.below(processes.size())];
      const Execution execution = random_execution(random, {.processes = count, .events = events});
      if (judge(execution).broken) tell_and_fail(execution, judge);
      const HappenedBefore happened_before(execution);
      concurrent_pairs += happened_before.concurrent_pairs();
      longest_chain = std::max(longest_chain, happened_before.longest_chain());
    }
  }
  EXPECT_GT(concurrent_pairs, 1000U) << "too few to have tested anything";
  EXPECT_GT(longest_chain, 15U) << "too short to have tested anything";
}

}  // namespace octet::grading
