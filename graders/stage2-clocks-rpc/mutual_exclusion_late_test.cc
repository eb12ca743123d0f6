#include <algorithm>
#include <chrono>
#include <functional>

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

/// Plays with three processes in each of six parts.
void in_every_order(const std::function<void(World&, NodeId, NodeId, NodeId)>& play) {
  auto roles = members_of_size(3);
  std::ranges::sort(roles);
  do {
    simulate({}, [&](World& world) { play(world, roles[0], roles[1], roles[2]); });
  } while (std::ranges::next_permutation(roles).found);
}

/// A request is late on its way to another process, and all that is sent after it overtakes it.
void overtake(World& world, NodeId early, NodeId late, NodeId) {
  LockUsers users(world, members_of_size(3));
  users.come_and_go(3s);
  bool is_slow = true;
  world.delay([&](const Envelope& m) { return is_slow && m.from == early && m.to == late; }, 10min);
  users.request(early);
  is_slow = false;
  world.run_for(50ms);
  users.request(late);
  world.run_for(11min);
  EXPECT_EQ(users.entries().size(), 2) << "not both of them have entered";
}

GRADED_TEST(MutualExclusion, AnAnswerOvertakesARequest, 1,
            "a request counts from when it was made, although a later message of its process came "
            "first (X1)") {
  in_every_order(overtake);
}

/// The third process hears very late that the first one has left, and later messages of the first
/// one overtake that. Meanwhile the second one comes and goes.
void release_late(World& world, NodeId first, NodeId second, NodeId third) {
  LockUsers users(world, members_of_size(3));
  users.request(first);
  world.run_for(enough);
  users.come_and_go(1s);
  bool is_release = true;
  const auto takes = [&](const Envelope& m) { return m.from == first && m.to == third; };
  world.delay(takes, 5s);
  world.delay([&](const Envelope& m) { return is_release && takes(m); }, 10s);
  users.release(first);
  is_release = false;
  users.request(second);
  world.run_for(200ms);
  users.request(third);
  world.run_for(60s);
  EXPECT_EQ(users.entries().size(), 3) << "somebody still waits";
}

GRADED_TEST(MutualExclusion, AReleaseComesLate, 1,
            "a release frees what its process has held and nothing else, whenever it comes (X3)") {
  in_every_order(release_late);
}

/// One process waits for another to leave. Meanwhile come copies of what a third one has said when
/// it came and went, and that one has nothing more to say.
void copies_come_while_it_waits(World& world, NodeId gone, NodeId inside, NodeId waits) {
  LockUsers users(world, members_of_size(3));
  bool is_doubled = true;
  world.duplicate([&](const Envelope& m) { return is_doubled && m.from == gone; }, 5s);
  users.request(gone);
  world.run_for(500ms);
  users.release(gone);
  is_doubled = false;
  world.run_for(500ms);
  users.request(inside);
  world.run_for(enough);
  users.request(waits);
  world.run_for(10s);
  EXPECT_EQ(users.inside(), inside);
  users.release(inside);
  world.run_for(enough);
  EXPECT_EQ(users.inside(), waits) << "process " << waits.value << " waits for nobody";
}

/// A process is inside for the second time when copies come of what it said the first time.
void copies_come_while_it_is_inside(World& world, NodeId inside, NodeId waits, NodeId) {
  LockUsers users(world, members_of_size(3));
  world.duplicate([&](const Envelope& m) { return m.from == inside; }, 300ms);
  users.request(inside);
  world.run_for(100ms);
  users.release(inside);
  world.run_for(50ms);
  users.request(inside);
  world.run_for(50ms);
  users.request(waits);
  world.run_for(enough);
  EXPECT_EQ(users.inside(), inside);
  users.release(inside);
  world.run_for(enough);
  EXPECT_EQ(users.inside(), waits) << "process " << waits.value << " waits for nobody";
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
  in_every_order(copies_come_while_it_waits);
  in_every_order(copies_come_while_it_is_inside);
}

}  // namespace
}  // namespace octet::mutual_exclusion
