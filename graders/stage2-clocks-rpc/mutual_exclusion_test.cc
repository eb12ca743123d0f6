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
using sim::World;

/// Far more than any algorithm needs for an entry when messages take 10 ms at most.
constexpr Duration a_while = 2s;

GRADED_TEST(MutualExclusion, OneAndTwoProcesses, 1,
            "a process enters when nobody else wants to, again and again, also when it is alone "
            "(X3)") {
  for (const std::size_t size : {1U, 2U}) {
    simulate({.runs = 3}, [&](World& world) {
      LockUsers users(world, members_of_size(size));
      for (int i = 0; i < 6; ++i) {
        const NodeId who = users.members()[i % 3 == 0 ? 0 : size - 1];
        users.request(who);
        world.run_for(a_while);
        EXPECT_EQ(users.inside(), who) << "process " << who.value << " does not enter";
        users.release(who);
        world.run_for(i % 2 == 0 ? 1ms : a_while);
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
      world.run_for(static_cast<int>(2 * size) * a_while);
      EXPECT_EQ(users.entries().size(), 2 * size) << "some process did not enter twice";
    });
  }
}

/// The first one is inside when the others request.
void request_in_order(World& world, std::vector<NodeId> order) {
  LockUsers users(world, members_of_size(order.size()));
  const auto shift = static_cast<std::ptrdiff_t>(world.seed() % order.size());
  std::ranges::rotate(order, order.begin() + shift);
  for (const NodeId id : order) {
    users.request(id);
    world.run_for(a_while);
  }
  for (const NodeId id : order) {
    EXPECT_EQ(users.inside(), id) << "it is the turn of process " << id.value;
    if (users.inside()) users.release(*users.inside());
    world.run_for(a_while);
  }
}

/// In the order of the members and against it, so that no lock that goes around keeps to both.
GRADED_TEST(MutualExclusion, GrantsFollowTheOrderOfRequests, 1,
            "while one is inside the others request, each long after the one before; they enter in "
            "that order (X2)") {
  auto order = members_of_size(5);
  simulate({.runs = 3}, [&](World& world) { request_in_order(world, order); });
  std::ranges::reverse(order);
  simulate({.runs = 3}, [&](World& world) { request_in_order(world, order); });
}

}  // namespace
}  // namespace octet::mutual_exclusion
