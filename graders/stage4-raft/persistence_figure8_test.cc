// The bounded search of Figure 8 (§5.4.2), with three servers.
#include <algorithm>
#include <string>

#include "graders/dsl/graded_test.h"
#include "graders/stage4-raft/replication.h"
#include "graders/stage4-raft/script.h"

namespace octet::raft {
namespace {

using search::Snapshot;

// Longer than a message may be, so that nothing comes with it.
const std::string old_entry = "an entry of the first term";

/// To (c) of Figure 8: one has led alone and leads again, and the entry of its first term has come
/// to two, which makes a majority. Three has led meanwhile and has another entry in that place. It
/// is down, and two has just started again. What one and two have sent to each other is on the way.
Script come_to_figure_8() {
  const auto servers = servers_of_size(3);
  const NodeId one = servers[0];
  const NodeId two = servers[1];
  const NodeId three = servers[2];
  Script script(3, {proposal(one, old_entry), proposal(one, "e"), proposal(three, "b")},
                with_most_bytes(10));
  script.until("one leads", 1, [=](const Snapshot& at) { return leads_in(at, one, 1); })
      .lose_all()
      .crash_with(one, old_entry, 1)
      .lose_all()
      .until("three leads", 2, [=](const Snapshot& at) { return leads_in(at, three, 2); })
      .lose_all()
      .crash_with(three, "b", 2)
      .lose_all()
      .let_restart(one)
      .until("one leads again", 3, [=](const Snapshot& at) { return leads_in(at, one, 3); })
      .until("two has its old entry, nothing of its new term, and answers", 3,
             [=](const Snapshot& at) {
               return has_in_log(at, two, old_entry) && is_on_the_way_from(at, two) &&
                      at.view<View>(two)->log.back().command == old_entry;
             })
      .crash(two)
      .let_restart(two)
      .until("two starts again", 3, [=](const Snapshot& at) { return at.is_up(two); })
      .let_restart(three);
  return script;
}

void search_from_c(const Script& script) {
  const NodeId one = script.servers()[0];
  search::Model model = script.from_here(4);
  model.goal("(e): the old entry is committed",
             [=](const Snapshot& at) { return count_committed(at, one) > 0; });
  search_to_all_goals(model, 150'000);
}

/// Three leads with the vote of two and writes over its log. One does not know, and may yet get an
/// answer from before.
void come_to_d(Script& script) {
  const NodeId one = script.servers()[0];
  const NodeId two = script.servers()[1];
  const NodeId three = script.servers()[2];
  script.until("three stands", 4, [=](const Snapshot& at) { return stands_in(at, three, 4); })
      .until("three leads again", 4,
             [=](const Snapshot& at) { return leads_in(at, three, 4) && leads_in(at, one, 3); })
      .until("(d): the old entry is written over", 4, [=](const Snapshot& at) {
        return leads_in(at, one, 3) && has_in_log(at, two, "b") && !has_in_log(at, two, old_entry);
      });
}

GRADED_TEST(
    Persistence, EveryOrderAfterFigure8, 1,
    "an entry of an earlier term that a majority has may yet be written over: in no order of "
    "messages, timeouts and restarts is it applied, and another one in its place (Figure 8, "
    "§5.4.2, RF5, RF7)") {
  Script script = come_to_figure_8();
  search_from_c(script);
  come_to_d(script);
  search_to_all_goals(script.from_here(4), 150'000);
}

}  // namespace
}  // namespace octet::raft
