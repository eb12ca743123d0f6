#include "graders/dsl/graded_test.h"
#include "graders/stage2-clocks-rpc/election_trials.h"
#include "stage2-clocks-rpc/api/solution.h"

/// Garcia-Molina 1982 (E1 to E4).
namespace octet::election {
namespace {

GRADED_TEST(Bully, TheHighestLeads, 1,
            "whoever begins, all that are up agree on the highest of them, in time (E1, E2)") {
  try_every_initiator(make_bully);
}

GRADED_TEST(Bully, ACrashAtAnyStep, 1,
            "an election ends although a process of it crashes, after any of its effects (E3)") {
  try_a_crash_at_any_step(make_bully);
}

GRADED_TEST(Bully, TheRecoveredTakesOver, 1,
            "a process that comes back, highest of all, leads again without being asked (E2)") {
  try_comebacks(make_bully);
}

GRADED_TEST(Bully, MessagesStop, 1,
            "an election takes no more than three times the messages of the worst case, and then "
            "there are none (E4)") {
  try_counting(make_bully, [](std::uint64_t members) { return 3 * members * members; });
}

GRADED_TEST(Bully, EveryOrder, 1,
            "in no order of messages, timers and a crash does a process follow a lower one (E2)") {
  try_every_order(make_bully);
}

}  // namespace
}  // namespace octet::election
