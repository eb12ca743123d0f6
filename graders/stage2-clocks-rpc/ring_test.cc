#include "graders/dsl/graded_test.h"
#include "graders/stage2-clocks-rpc/election_trials.h"
#include "stage2-clocks-rpc/api/solution.h"

/// Chang and Roberts 1979 (E1 to E4).
namespace octet::election {
namespace {

GRADED_TEST(Ring, TheHighestLeads, 1,
            "whoever begins, all that are up agree on the highest of them, in time (E1, E2)") {
  try_every_initiator(make_ring);
}

GRADED_TEST(Ring, ACrashAtAnyStep, 1,
            "an election ends although a process of it crashes, after any of its effects (E3)") {
  try_a_crash_at_any_step(make_ring);
}

GRADED_TEST(Ring, TheRecoveredTakesOver, 1,
            "a process that comes back, highest of all, leads again without being asked (E2)") {
  try_comebacks(make_ring);
}

GRADED_TEST(Ring, MessagesStop, 1,
            "an election takes no more than three times the messages of the worst case, and then "
            "there are none (E4)") {
  try_counting(make_ring, [](std::uint64_t members) { return 3 * members * (members + 3); });
}

GRADED_TEST(Ring, EveryOrder, 1,
            "in no order of messages, timers and a crash does a process follow a lower one (E2)") {
  try_every_order(make_ring);
}

}  // namespace
}  // namespace octet::election
