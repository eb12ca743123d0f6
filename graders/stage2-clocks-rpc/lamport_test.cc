#include <fmt/format.h>

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
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

std::string text(const LamportStamp& stamp) {
  return fmt::format("time {} of process {}", stamp.time, stamp.process.value);
}

/// A process with its clock, which tells what it does.
class Process {
 public:
  explicit Process(NodeId id) : id_(id), clock_(make_lamport_clock(id)) {}

  LamportStamp tick() { return after("takes a step", clock_->tick()); }

  LamportStamp receive(const LamportStamp& message) {
    const LamportStamp stamp = after("receives " + text(message), clock_->receive(message));
    if (stamp.time <= message.time) {
      fail(fmt::format("receiving is an event after sending, but its time {} is not above {}",
                       stamp.time, message.time));
    }
    return stamp;
  }

 private:
  LamportStamp after(const std::string& what, LamportStamp stamp) {
    tell(fmt::format("process {} {}: {}", id_.value, what, text(stamp)));
    if (stamp.process != id_) {
      fail(fmt::format("the stamp of an event of process {} names process {}", id_.value,
                       stamp.process.value));
    }
    if (last_ && stamp.time <= last_->time) {
      fail(fmt::format("the events of a process have growing times, but {} follows {}", stamp.time,
                       last_->time));
    }
    last_ = stamp;
    return stamp;
  }

  NodeId id_;
  std::unique_ptr<AnyLamportClock> clock_;
  std::optional<LamportStamp> last_;
};

GRADED_TEST(Lamport, AProcessCountsOn, 1,
            "events of one process have growing times and carry its id (L1)") {
  for (const std::uint32_t id : {1U, 7U, 4'000'000'000U}) {
    Process process(id);
    for (int i = 0; i < 5; ++i) process.tick();
  }
}

GRADED_TEST(Lamport, AReceiveComesAfterItsSend, 2,
            "the time of a receive is above that of its send and of what came before it (L1)") {
  tell("--- a process that has done nothing receives");
  Process sender(3);
  Process idle(9);
  idle.receive(sender.tick());
  tell("--- a message from a process that has done more");
  for (int i = 0; i < 10; ++i) sender.tick();
  idle.receive(sender.tick());
  idle.tick();
  tell("--- a message from a process that has done less");
  for (int i = 0; i < 10; ++i) idle.tick();
  Process beginner(5);
  idle.receive(beginner.tick());
  tell("--- equal times");
  Process left(1);
  Process right(2);
  const LamportStamp from_left = left.tick();
  right.tick();
  right.receive(from_left);
  tell("--- a message that comes again, long after");
  right.tick();
  right.receive(from_left);
  tell("--- times of more than 32 bits");
  right.receive({.time = (std::uint64_t{1} << 40) + 5, .process = 1});
  right.tick();
}

Stamped judge(const Execution& execution) {
  const auto stamps = grading::stamps_of<LamportStamp>(
      execution, make_lamport_clock,
      [](AnyLamportClock& clock, const Event&, const LamportStamp* message) {
        return message == nullptr ? clock.tick() : clock.receive(*message);
      });
  Stamped stamped;
  for (const LamportStamp& stamp : stamps) stamped.stamps.push_back(text(stamp));
  const HappenedBefore happened_before(execution);
  for (std::size_t i = 0; i < stamps.size(); ++i) {
    for (std::size_t j = 0; j < stamps.size(); ++j) {
      if (!happened_before(i, j) || stamps[i].time < stamps[j].time) continue;
      stamped.broken =
          fmt::format("\"{}\" happened before \"{}\", but its time {} is not below {}",
                      text(execution[i]), text(execution[j]), stamps[i].time, stamps[j].time);
    }
  }
  return stamped;
}

GRADED_TEST(Lamport, HappenedBeforeIsInTheTimes, 2,
            "if a happened before b, then C(a) < C(b), whatever is lost, late or doubled (L1)") {
  grading::expect_sound_in_random_executions(judge);
}

std::vector<LamportStamp> many_stamps() {
  std::vector<LamportStamp> stamps;
  for (const std::uint64_t time : {0ULL, 1ULL, 2ULL, 10ULL, 0x1'0000'0000ULL, 0x1'0000'0001ULL,
                                   0x7fff'ffff'ffff'ffffULL, 0x8000'0000'0000'0000ULL}) {
    for (const std::uint32_t process :
         {0U, 1U, 2U, 10U, 0x7fff'ffffU, 0x8000'0000U, 0xffff'ffffU}) {
      stamps.push_back({.time = time, .process = process});
    }
  }
  return stamps;
}

void expect_ordered(const LamportStamp& left, const LamportStamp& right) {
  const bool before = lamport_comes_before(left, right);
  const bool after = lamport_comes_before(right, left);
  const std::string pair = text(left) + " and " + text(right);
  const std::array<LamportStamp, 2> elsewhere = {right, left};
  if (lamport_comes_before(elsewhere[1], elsewhere[0]) != before) {
    fail("copies of two stamps are in another order than the stamps: " + pair);
  }
  if (before && after) fail("each comes before the other: " + pair);
  if (left == right && before) fail("a stamp comes before itself: " + text(left));
  if (left != right && !before && !after) fail("neither comes before the other: " + pair);
  if (left.time < right.time && !before) fail("the smaller time does not come first: " + pair);
}

void expect_transitive(const LamportStamp& a, const LamportStamp& b, const LamportStamp& c) {
  if (!lamport_comes_before(a, b) || !lamport_comes_before(b, c)) return;
  if (lamport_comes_before(a, c)) return;
  fail("in this order each comes before the next, but the first not before the last: " + text(a) +
       ", " + text(b) + ", " + text(c));
}

GRADED_TEST(Lamport, TheOrderIsStrictAndTotal, 1,
            "of two different stamps exactly one comes before the other, by time, then by process "
            "(L2)") {
  const std::vector<LamportStamp> stamps = many_stamps();
  for (const LamportStamp& a : stamps) {
    for (const LamportStamp& b : stamps) expect_ordered(a, b);
  }
  for (const LamportStamp& a : stamps) {
    for (const LamportStamp& b : stamps) {
      for (const LamportStamp& c : stamps) expect_transitive(a, b, c);
    }
  }
}

}  // namespace
}  // namespace octet::clocks
