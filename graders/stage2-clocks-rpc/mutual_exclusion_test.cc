#include <algorithm>
#include <chrono>
#include <cstddef>
#include <vector>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/world/simulate.h"
#include "graders/stage2-clocks-rpc/conversation.h"
#include "graders/stage2-clocks-rpc/lock_users.h"

namespace octet::mutual_exclusion {
namespace {

using namespace std::chrono_literals;
using grading::LockUsers;
using grading::members_of_size;
using grading::simulate;
using sim::Envelope;
using sim::World;

/// Far more than any algorithm needs for an entry when messages take 10 ms at most.
constexpr Duration enough = 2s;

GRADED_TEST(MutualExclusion, OneAndTwoProcesses, 1,
            "a process enters when nobody else wants to, again and again, also when it is alone "
            "(X3)") {
  for (const std::size_t size : {1U, 2U}) {
    simulate({.runs = 3}, [&](World& world) {
      LockUsers users(world, members_of_size(size));
      for (int i = 0; i < 6; ++i) {
        const NodeId who = users.members()[i % 3 == 0 ? 0 : size - 1];
        users.request(who);
        world.run_for(enough);
        EXPECT_EQ(users.inside(), who) << "process " << who.value << " does not enter";
        users.release(who);
        world.run_for(i % 2 == 0 ? 1ms : enough);
      }
      EXPECT_EQ(users.entries().size(), 6);
    });
  }
}

GRADED_TEST(MutualExclusion, SimultaneousRequests, 1,
            "of processes that request at the same instant, with equal stamps, one after the other "
            "enters, and each of them does (L2, X1, X3)") {
  for (const std::size_t size : {2U, 3U, 5U, 7U}) {
    simulate({.runs = 5}, [&](World& world) {
      LockUsers users(world, members_of_size(size));
      users.come_and_go(100ms, 2, 50ms);
      for (const NodeId id : users.members()) users.request(id);
      world.run_for(static_cast<int>(2 * size) * enough);
      EXPECT_EQ(users.entries().size(), 2 * size) << "some process did not enter twice";
    });
  }
}

GRADED_TEST(MutualExclusion, GrantsFollowTheOrderOfRequests, 1,
            "while one is inside the others request, each long after the one before; they enter in "
            "that order (X2)") {
  simulate({.runs = 6}, [](World& world) {
    auto order = members_of_size(5);
    LockUsers users(world, order);
    const auto shift = static_cast<std::ptrdiff_t>(world.seed() % order.size());
    std::ranges::rotate(order, order.begin() + shift);
    for (const NodeId id : order) {
      users.request(id);
      world.run_for(enough);
    }
    for (const NodeId id : order) {
      EXPECT_EQ(users.inside(), id) << "it is the turn of process " << id.value;
      if (users.inside()) users.release(*users.inside());
      world.run_for(enough);
    }
  });
}

/// A request is late on its way to another process, and all that is sent after it overtakes it.
void overtake(World& world, NodeId early, NodeId late) {
  LockUsers users(world, members_of_size(3));
  users.come_and_go(3s);
  bool is_slow = true;
  world.delay([&](const Envelope& m) { return is_slow && m.from == early && m.to == late; }, 1s);
  users.request(early);
  is_slow = false;
  world.run_for(50ms);
  users.request(late);
  world.run_for(20s);
  EXPECT_EQ(users.entries().size(), 2) << "not both of them have entered";
}

GRADED_TEST(MutualExclusion, AnAnswerOvertakesARequest, 1,
            "a request counts from when it was made, although a later message of its process came "
            "first (X1)") {
  const auto members = members_of_size(3);
  for (const NodeId early : members) {
    for (const NodeId late : members) {
      if (early == late) continue;
      simulate({}, [&](World& world) { overtake(world, early, late); });
    }
  }
}

/// That the first process has left is late on its way to the third one, and the second process has
/// time to come and go meanwhile.
void release_late(World& world, NodeId first, NodeId second, NodeId third) {
  LockUsers users(world, members_of_size(3));
  bool is_slow = false;
  world.delay([&](const Envelope& m) { return is_slow && m.from == first && m.to == third; }, 10s);
  users.request(first);
  world.run_for(enough);
  users.come_and_go(100ms);
  is_slow = true;
  users.release(first);
  is_slow = false;
  users.request(second);
  world.run_for(enough);
  users.request(third);
  world.run_for(30s);
  EXPECT_EQ(users.entries().size(), 3) << "somebody still waits";
}

GRADED_TEST(MutualExclusion, AReleaseComesLate, 1,
            "a release frees what its process has held and nothing else, whenever it comes (X3)") {
  const auto m = members_of_size(3);
  for (const auto& order : {std::vector{m[0], m[1], m[2]}, std::vector{m[0], m[2], m[1]},
                            std::vector{m[1], m[0], m[2]}, std::vector{m[1], m[2], m[0]},
                            std::vector{m[2], m[0], m[1]}, std::vector{m[2], m[1], m[0]}}) {
    simulate({}, [&](World& world) { release_late(world, order[0], order[1], order[2]); });
  }
}

GRADED_TEST(MutualExclusion, CopiesOfOldMessages, 1,
            "copies of messages that come at once, soon or after many entries let nobody in, and "
            "keep nobody out (X1, X3)") {
  for (const Duration later : {Duration(0ms), Duration(60ms), Duration(400ms), Duration(3s)}) {
    simulate({.runs = 5}, [&](World& world) {
      LockUsers users(world, members_of_size(3));
      users.come_and_go(50ms, 10, 30ms);
      world.duplicate([](const Envelope&) { return true; }, later);
      for (const NodeId id : users.members()) users.request(id);
      world.run_for(30 * enough);
      EXPECT_EQ(users.entries().size(), 30) << "some process did not enter ten times";
    });
  }
}

}  // namespace
}  // namespace octet::mutual_exclusion
