#include <fmt/format.h>

#include <cstdint>
#include <vector>

#include "graders/dsl/graded_test.h"
#include "graders/stage2-clocks-rpc/hybrid_process.h"

/// The hybrid clock of one process (H1 to H5).
namespace octet::clocks {
namespace {

using grading::fail;
using grading::tell;

using Tells = HybridProcess::Tells;

constexpr std::uint16_t full = UINT16_MAX;

void expect_physical(const HybridStamp& stamp, std::int64_t now_us) {
  if (stamp == HybridStamp{.time_us = now_us, .counter = 0}) return;
  fail(
      "the physical time is ahead of all that the process knows, so the stamp is that time with "
      "counter 0, not " +
      text(stamp));
}

GRADED_TEST(Hybrid, StampsFollowThePhysicalClock, 1,
            "a stamp has the physical time when that is ahead, and the counter starts at 0 again "
            "(H2, H3)") {
  HybridProcess process;
  expect_physical(process.tick(noon_us), noon_us);
  tell("--- the clock stands still, then goes on");
  for (int i = 0; i < 3; ++i) process.tick(noon_us);
  expect_physical(process.tick(noon_us + 1), noon_us + 1);
  tell("--- a message from before, and one that is newer than the process but not than its clock");
  expect_physical(process.receive({noon_us - 5, 3}, noon_us + 10), noon_us + 10);
  expect_physical(process.receive({noon_us + 12, 3}, noon_us + 20), noon_us + 20);
  tell("--- after a message from ahead the physical time catches up");
  process.receive({noon_us + 40, 8}, noon_us + 30);
  process.tick(noon_us + 40);
  expect_physical(process.tick(noon_us + 41), noon_us + 41);
}

/// A process whose last stamp has this time and the counter of that many events more.
HybridProcess process_at(std::int64_t time_us, int more_events, Tells tells = Tells::every_event) {
  HybridProcess process;
  process.set_tells(tells);
  for (int i = 0; i <= more_events; ++i) process.tick(time_us);
  return process;
}

struct ReceiveCase {
  int own_counter;  // of a process at noon
  HybridStamp message;
  std::int64_t now_us;
};

void receive_and_go_on(const ReceiveCase& at, Tells tells) {
  HybridProcess process = process_at(noon_us, at.own_counter, tells);
  process.receive(at.message, at.now_us);
  process.tick(at.now_us);
}

/// Of many cases only the one that fails is told.
void expect_sound_receive(const ReceiveCase& at) {
  try {
    receive_and_go_on(at, Tells::nothing);
  } catch (const grading::Failed&) {
    receive_and_go_on(at, Tells::every_event);
    throw;  // it failed the first time
  }
}

GRADED_TEST(Hybrid, AReceiveComesAfterItsSend, 1,
            "the stamp of a receive is above the message and above what came before it, whichever "
            "of three times is the largest (H1)") {
  const std::vector<std::uint16_t> counters = {0, 4, 5, 6, 9, 10, 60'000};
  for (const int own_counter : {0, 5, 9}) {
    for (const std::int64_t message_at : {-1000, -1, 0, 1, 1000}) {
      for (const std::uint16_t counter : counters) {
        for (const std::int64_t now : {-2000, -1000, -1, 0, 1, 999, 1000, 1001, 5000}) {
          expect_sound_receive({own_counter, {noon_us + message_at, counter}, noon_us + now});
        }
      }
    }
  }
}

GRADED_TEST(Hybrid, TheCounterStartsAgain, 1,
            "70,000 events over advancing time: the counter stays small (H3)") {
  HybridProcess process;
  process.set_tells(Tells::what_fails);
  tell("an event in each microsecond; every third is the receiving of an older message");
  for (std::int64_t now = noon_us; now < noon_us + 70'000; ++now) {
    const bool receives = now % 3 == 0;
    expect_physical(receives ? process.receive({now - 7, 9}, now) : process.tick(now), now);
  }
  tell("three events in each microsecond");
  for (std::int64_t now = noon_us + second_us; now < noon_us + second_us + 30'000; ++now) {
    expect_physical(process.tick(now), now);
    process.receive({now, 0}, now);
    process.tick(now);
  }
}

GRADED_TEST(Hybrid, TimeDoesNotRunAway, 1,
            "after a million events in one millisecond the stamps are still close to it (H2)") {
  tell("the clock shows the same time for a million events");
  HybridProcess process;
  process.set_tells(Tells::what_fails);
  HybridStamp last;
  for (int i = 0; i < 1'000'000; ++i) last = process.tick(noon_us);
  expect_physical(process.tick(noon_us + second_us), noon_us + second_us);
  tell("two processes pass a message to and fro 100,000 times, their clocks stand still");
  HybridProcess left;
  HybridProcess right;
  left.set_tells(Tells::what_fails);
  right.set_tells(Tells::what_fails);
  HybridStamp message = left.tick(noon_us);
  for (int i = 0; i < 50'000; ++i) {
    message = left.receive(right.receive(message, noon_us), noon_us);
  }
  EXPECT_LE(message.time_us, noon_us + 200);
}

GRADED_TEST(Hybrid, TheCounterNeverWraps, 1,
            "after the largest counter stamps still grow, in a step and in a receive (H4)") {
  const std::uint16_t nearly_full = full - 1;
  for (const std::uint16_t counter : {nearly_full, full}) {
    for (const std::int64_t now : {-5, 0}) {
      tell("--- the message has the largest counter, or nearly");
      HybridProcess process;
      process.receive({noon_us, counter}, noon_us + now);
      for (int i = 0; i < 3; ++i) process.tick(noon_us + now);
      tell("--- the process has it");
      HybridProcess other;
      other.receive({noon_us, counter}, noon_us + now);
      for (int i = 0; i < 3; ++i) other.receive({noon_us - 100, 7}, noon_us + now);
      tell("--- both have it");
      HybridProcess both;
      both.receive({noon_us, counter}, noon_us + now);
      both.receive({noon_us, counter}, noon_us + now);
      both.receive({noon_us, full}, noon_us + now);
    }
  }
  tell("--- 140,000 events, and the physical time stands still");
  HybridProcess busy;
  busy.set_tells(Tells::what_fails);
  for (int i = 0; i < 140'000; ++i) busy.tick(noon_us);
}

GRADED_TEST(Hybrid, StampsSurviveClockSteps, 1,
            "stamps never decrease when the physical clock steps by an hour, and follow it again "
            "later (H2, H4)") {
  tell("--- an hour back");
  HybridProcess process;
  process.tick(noon_us);
  for (int i = 0; i < 5; ++i) process.tick(noon_us - hour_us + i);
  process.receive({noon_us - hour_us + 7, 3}, noon_us - hour_us + 7);
  process.receive({noon_us - hour_us + 9, 3}, noon_us - hour_us + 8);
  process.tick(noon_us - 1);
  expect_physical(process.tick(noon_us + 1), noon_us + 1);
  tell("--- an hour ahead, and back again");
  expect_physical(process.tick(noon_us + hour_us), noon_us + hour_us);
  process.tick(noon_us + 2);
  process.receive({noon_us + 2, 0}, noon_us + 3);
  process.receive({noon_us - hour_us, 0}, noon_us + 4);
  process.tick(noon_us + hour_us);
  expect_physical(process.tick(noon_us + hour_us + 1), noon_us + hour_us + 1);
}

GRADED_TEST(
    Hybrid, StampsSurviveARestart, 1,
    "after a restart stamps go on above the last one, wherever the physical clock is (H4)") {
  for (const std::int64_t now : {noon_us - hour_us, noon_us - 1, noon_us, noon_us + 1}) {
    tell("--- a step after the restart");
    HybridProcess process = process_at(noon_us, 3);
    process.restart();
    process.tick(now);
    tell("--- restarted again, then a message comes");
    process.restart();
    process.receive({now - 10, 1}, now);
    process.tick(now);
  }
  tell("--- the counter was full");
  HybridProcess process({}, {noon_us, full});
  process.tick(noon_us - 1);
  tell("--- the last stamp is a day ahead, further than any message may be");
  HybridProcess late({}, {noon_us + 24 * hour_us, 0});
  late.tick(noon_us);
  late.receive({noon_us, 9}, noon_us);
}

}  // namespace
}  // namespace octet::clocks
