// The bounded searches of replication.
#include <string>

#include "graders/dsl/graded_test.h"
#include "graders/stage4-raft/cluster.h"
#include "graders/stage4-raft/script.h"
#include "graders/stage4-raft/text.h"

namespace octet::raft {
namespace {

using search::Snapshot;

void search_two_leaders() {
  const NodeId first = servers_of_size(3)[0];
  const NodeId second = servers_of_size(3)[1];
  Script script(3, {proposal(first, "x"), proposal(second, "y")});
  script.until("one leads", 1, [=](const Snapshot& at) { return leads_in(at, first, 1); })
      .until("it commits a command", 1,
             [=](const Snapshot& at) { return count_committed(at, first) == 1; })
      .until("another leads", 2, [=](const Snapshot& at) { return leads_in(at, second, 2); });
  search::Model model = script.from_here(2);
  model.max_duplicates = 1;
  model.goal("both commands are committed",
             [=](const Snapshot& at) { return count_committed(at, second) == 2; });
  search_to_all_goals(model, 100'000);
}

/// One leads in term 1, and two has all that it takes. At one, five writes over that, which leads
/// in term 2. Then one leads again and takes less than before. Two and five are down; what two has
/// answered in term 1 is on its way.
Script lead_twice() {
  const auto servers = servers_of_size(5);
  const NodeId one = servers[0];
  const NodeId two = servers[1];
  const NodeId five = servers[4];
  Script script(5, {proposal(one, "a"), proposal(one, "b"), proposal(one, "c"), proposal(five, "d"),
                    proposal(one, "e")});
  script.until("one stands", 1, [=](const Snapshot& at) { return stands_in(at, one, 1); })
      .until("one leads", 1, [=](const Snapshot& at) { return leads_in(at, one, 1); })
      .lose_all()
      .until("it takes commands", 1, [=](const Snapshot& at) { return has_in_log(at, one, "c"); })
      .lose_all()
      .until("two has them, and answers", 1,
             [=](const Snapshot& at) {
               return has_in_log(at, two, "c") && is_on_the_way_from(at, two);
             })
      .lose_all_but(two, one)
      .crash(two)
      .until("five stands", 2, [=](const Snapshot& at) { return stands_in(at, five, 2); })
      .until("five leads", 2, [=](const Snapshot& at) { return leads_in(at, five, 2); })
      .lose_all_but(two, one)
      .until("one has what five takes", 2,
             [=](const Snapshot& at) { return has_in_log(at, one, "d"); })
      .lose_all_but(two, one)
      .crash(five)
      .until("one stands again", 3, [=](const Snapshot& at) { return stands_in(at, one, 3); })
      .until("one leads again", 3, [=](const Snapshot& at) { return leads_in(at, one, 3); })
      .lose_all_but(two, one)
      .until("it takes a command", 3, [=](const Snapshot& at) {
        return has_in_log(at, one, "e") && is_on_the_way_from(at, two);
      });
  return script;
}

void search_late_replies() {
  const Script script = lead_twice();
  const NodeId one = script.servers()[0];
  const NodeId two = script.servers()[1];
  const NodeId three = script.servers()[2];
  const NodeId four = script.servers()[3];
  search::Model model = script.from_here(3);
  model.max_duplicates = 1;
  // The other two are down, and were when it was proposed.
  model.invariant("committed is what a majority has", [=](const Snapshot& at) -> std::string {
    if (count_committed(at, one) == 0) return "";
    if (has_in_log(at, three, "e") && has_in_log(at, four, "e")) return "";
    return name(one) + " takes \"e\" for committed, which is not in the logs of a majority (§5.3)";
  });
  model.goal("the late answer has come, and the command is not committed", [=](const Snapshot& at) {
    return !is_on_the_way_from(at, two) && leads_in(at, one, 3) && count_committed(at, one) == 0;
  });
  model.goal("the command is committed",
             [=](const Snapshot& at) { return count_committed(at, one) > 0; });
  search_to_all_goals(model, 200'000);
}

GRADED_TEST(
    Replication, EveryOrder, 1,
    "in no order of messages, timeouts and proposals do two servers apply different "
    "commands at one place, while two leaders come after each other (RF5); and in none does "
    "a leader count an answer to what it sent when it led before (§5.3, RF7)") {
  search_two_leaders();
  search_late_replies();
}

}  // namespace
}  // namespace octet::raft
