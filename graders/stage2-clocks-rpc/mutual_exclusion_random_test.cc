#include <chrono>
#include <cstdint>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/random.h"
#include "graders/dsl/world/simulate.h"
#include "graders/stage2-clocks-rpc/conversation.h"
#include "graders/stage2-clocks-rpc/lock_users.h"

namespace octet::mutual_exclusion {
namespace {

using namespace std::chrono_literals;
using grading::LockUsers;
using grading::members_of_size;
using grading::Random;
using grading::simulate;
using sim::World;

GRADED_TEST(MutualExclusion, MessagesForAnEntry, 1,
            "an entry among n processes costs a few messages for each of them, three times what "
            "Lamport's algorithm needs at most; when nobody wants to enter, nobody says anything") {
  simulate({.options = {.max_events = 100'000}, .runs = 2}, [](World& world) {
    constexpr std::uint64_t size = 12;
    LockUsers users(world, members_of_size(size));
    users.come_and_go(400ms, 2, 5ms);
    world.run_for(60s);
    EXPECT_EQ(world.delivered(), 0) << "messages before anybody has asked";
    for (const NodeId id : users.members()) {
      users.request(id);
      if (id.value % 2 == 0) world.run_for(5s);
    }
    world.run_for(60s);
    EXPECT_EQ(users.entries().size(), 2 * size) << "some process did not enter twice";
    const std::uint64_t most = 3 * 3 * (size - 1);
    EXPECT_LE(world.delivered(), most * users.entries().size())
        << users.entries().size() << " entries of " << size << " processes";
    const std::uint64_t before = world.delivered();
    world.run_for(60s);
    EXPECT_EQ(world.delivered(), before) << "messages long after everybody has left";
  });
}

/// Applications come and go, some soon after the other, some not.
void come_and_go(World& world, std::size_t size) {
  constexpr std::size_t times = 6;
  LockUsers users(world, members_of_size(size));
  Random random(world.seed(), "lock users");
  users.come_and_go(std::chrono::milliseconds(random.below(100)), times,
                    std::chrono::milliseconds(random.below(1'000)));
  for (const NodeId id : users.members()) {
    world.at(std::chrono::milliseconds(random.below(1'000)), [&users, id] { users.request(id); });
  }
  world.run_for(600s);
  EXPECT_EQ(users.entries().size(), times * size) << "some process did not enter often enough";
}

GRADED_TEST(MutualExclusion, RandomCrowds, 1,
            "at most one is inside and each request is granted, whatever is doubled, late, or "
            "paused (X1, X3)") {
  const sim::WorldOptions options = {.network = {.max_latency = 300ms,
                                                 .duplication = 200'000,
                                                 .long_delay = 50'000,
                                                 .longest_delay = 5s},
                                     .max_events = 100'000};
  for (const std::size_t size : {2U, 3U, 5U}) {
    const sim::Storm storm{.nodes = members_of_size(size), .pauses = 3};
    simulate({.options = options, .storm = storm, .runs = 15},
             [&](World& world) { come_and_go(world, size); });
  }
}

}  // namespace
}  // namespace octet::mutual_exclusion
