#include <fmt/format.h>

#include <cstdint>
#include <vector>

#include "graders/dsl/graded_test.h"
#include "graders/stage2-clocks-rpc/every_execution.h"
#include "graders/stage2-clocks-rpc/hybrid_process.h"

/// Hybrid clocks and messages between them (H1, H2, H5).
namespace octet::clocks {
namespace {

using grading::Event;
using grading::Execution;
using grading::HappenedBefore;
using grading::Stamped;
using grading::tell;

constexpr std::int64_t two_to_the_32 = std::int64_t{1} << 32;

void expect_limit(std::int64_t max_ahead_us) {
  tell(fmt::format("--- the limit is {} us", max_ahead_us));
  HybridProcess process({.max_ahead_us = max_ahead_us});
  process.receive({noon_us + max_ahead_us, 0}, noon_us);
  process.expect_refused({noon_us + max_ahead_us + 1, 0}, noon_us);
  process.expect_refused({noon_us + max_ahead_us + hour_us, 7}, noon_us);
  process.expect_refused({noon_us + two_to_the_32 + 1, 0}, noon_us);
  process.tick(noon_us);
  tell("the clock steps back: the process is ahead now, but its physical time is what counts");
  process.expect_refused({noon_us + max_ahead_us, 0}, noon_us - 1);
  process.receive({noon_us - 1, 0}, noon_us - 1);
  tell("a first event that is a receive");
  HybridProcess fresh({.max_ahead_us = max_ahead_us});
  fresh.receive({noon_us, 0}, noon_us);
}

/// Two processes do the same, and one of them is also sent what it must refuse.
void expect_no_trace_of_refused() {
  HybridProcess one;
  HybridProcess same;
  const auto expect_same = [](const HybridStamp& left, const HybridStamp& right) {
    EXPECT_EQ(left, right) << "a message that is refused leaves no trace, but with it came "
                           << text(left) << ", and without it " << text(right);
  };
  tell("--- two processes do the same, but only one gets messages from too far ahead");
  one.expect_refused({noon_us + hour_us, 40}, noon_us);
  expect_same(one.tick(noon_us), same.tick(noon_us));
  one.expect_refused({noon_us + hour_us, 40}, noon_us);
  expect_same(one.tick(noon_us), same.tick(noon_us));
  one.expect_refused({noon_us + hour_us, 40}, noon_us + 5);
  expect_same(one.receive({noon_us, 9}, noon_us), same.receive({noon_us, 9}, noon_us));
}

GRADED_TEST(Hybrid, OnlyTheFarFutureIsRefused, 1,
            "a message is refused when it is further ahead of the physical clock than the limit, "
            "and only then; a refusal changes nothing (H5)") {
  for (const std::int64_t limit : {std::int64_t{500'000}, std::int64_t{0}, second_us * 20}) {
    expect_limit(limit);
  }
  tell("--- without a limit");
  HybridProcess open({.max_ahead_us = INT64_MAX});
  open.receive({noon_us + 1000 * hour_us, 0}, noon_us);
  tell("--- messages of any age");
  HybridProcess process;
  process.tick(noon_us);
  for (const std::int64_t age : {std::int64_t{1}, second_us, hour_us, 24 * hour_us, noon_us}) {
    process.receive({noon_us - age, 0}, noon_us);
  }
  expect_no_trace_of_refused();
}

std::string flaw_of(const Execution& execution, const std::vector<HybridStamp>& stamps) {
  const HappenedBefore happened_before(execution);
  for (std::size_t i = 0; i < stamps.size(); ++i) {
    for (std::size_t j = 0; j < stamps.size(); ++j) {
      if (!happened_before(i, j) || stamps[i] < stamps[j]) continue;
      return fmt::format("\"{}\" happened before \"{}\", but its stamp {} is not below {}",
                         grading::text(execution[i]), grading::text(execution[j]), text(stamps[i]),
                         text(stamps[j]));
    }
    const std::int64_t ahead = stamps[i].time_us - execution[i].clock_us;
    if (ahead < 0) {
      return fmt::format("\"{}\" has a time that is below its physical one, by {} us",
                         grading::text(execution[i]), -ahead);
    }
    if (ahead > grading::max_skew_us) {
      return fmt::format(
          "\"{}\" has a time {} us ahead of its physical one, but the clocks of these processes "
          "are less than {} us apart",
          grading::text(execution[i]), ahead, grading::max_skew_us);
    }
  }
  return {};
}

Stamped judge(const Execution& execution) {
  bool refused = false;
  const HybridConfig config{.max_ahead_us = grading::max_skew_us};
  const auto stamps = grading::stamps_of<HybridStamp>(
      execution, [&](NodeId) { return make_hybrid_clock(config); },
      [&](AnyHybridClock& clock, const Event& event, const HybridStamp* message) {
        if (message == nullptr) return clock.tick(event.clock_us);
        const auto stamp = clock.receive(*message, event.clock_us);
        refused = refused || !stamp;
        return stamp.value_or(HybridStamp());
      });
  Stamped stamped;
  for (std::size_t i = 0; i < stamps.size(); ++i) {
    stamped.stamps.push_back(
        fmt::format("{}, its clock shows {}", text(stamps[i]), text({execution[i].clock_us, 0})));
  }
  std::string flaw =
      refused ? "a message is refused that is not too far ahead" : flaw_of(execution, stamps);
  if (!flaw.empty()) stamped.broken = std::move(flaw);
  return stamped;
}

GRADED_TEST(Hybrid, HappenedBeforeIsInTheStamps, 1,
            "if a happened before b, its stamp is smaller, and no stamp is further from its clock "
            "than the clocks are from each other (H1, H2)") {
  grading::expect_sound_in_random_executions(judge);
}

}  // namespace
}  // namespace octet::clocks
