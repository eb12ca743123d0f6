// The bounded searches of elections.
#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "graders/dsl/graded_test.h"
#include "graders/stage4-raft/cluster.h"
#include "graders/stage4-raft/script.h"
#include "graders/stage4-raft/text.h"

namespace octet::raft {
namespace {

using search::Snapshot;

GRADED_TEST(Election, EveryOrder, 1,
            "in no order of messages and timeouts do two servers lead in one term (RF1)") {
  Script script(3, {});
  const NodeId first = script.servers()[0];
  const NodeId second = script.servers()[1];
  const auto is_first = [=](const Snapshot& at) { return leads_in(at, first, 1); };
  search::Model model = script.from_here(2);
  model.max_duplicates = 1;
  model.goal("one leads", is_first);
  search_to_all_goals(model, 40'000);
  search::Model next = script.until("one leads", 1, is_first).from_here(2);
  next.max_duplicates = 1;
  next.goal("another leads after it", [=](const Snapshot& at) { return leads_in(at, second, 2); });
  search_to_all_goals(next, 40'000);
}

/// Who votes takes over the term, and no term goes back.
std::string led_by_too_few(const Snapshot& at) {
  for (const NodeId leader : at.nodes()) {
    if (at.view<View>(leader)->role != Role::leader) continue;
    const Term term = at.view<View>(leader)->term;
    const auto are_in_it = std::ranges::count_if(
        at.nodes(), [&](NodeId id) { return at.view<View>(id)->term >= term; });
    if (static_cast<std::size_t>(are_in_it) > at.nodes().size() / 2) continue;
    return fmt::format("{} leads in term {}, to which {} of {} servers have come (§5.2)",
                       name(leader), number(term), are_in_it, at.nodes().size());
  }
  return "";
}

/// Of four servers, one stands in term 1 and again in term 2. The vote that two has given it in
/// term 1 comes in between, or is still on its way.
Script stand_again(bool vote_is_late) {
  const auto servers = servers_of_size(4);
  const NodeId one = servers[0];
  const NodeId two = servers[1];
  Script script(4, {});
  script.until("one stands", 1, [=](const Snapshot& at) { return stands_in(at, one, 1); })
      .until("two has voted", 1,
             [=](const Snapshot& at) {
               const View* const view = at.view<View>(two);
               return view->term == Term{1} && view->role == Role::follower &&
                      is_on_the_way_from(at, two);
             })
      .lose_all_but(two, one);
  if (!vote_is_late) {
    script.until("the vote comes", 1,
                 [=](const Snapshot& at) { return !is_on_the_way_from(at, two); });
  }
  script.until("one stands again", 2, [=](const Snapshot& at) {
    return stands_in(at, one, 2) && is_on_the_way_from(at, two) == vote_is_late;
  });
  return script;
}

GRADED_TEST(
    Election, EveryLateVote, 1,
    "in no order does a vote of an earlier election count in a later one, and in none do two "
    "of four servers make a leader (§5.2, RF1, RF6)") {
  for (const bool vote_is_late : {false, true}) {
    const Script script = stand_again(vote_is_late);
    const NodeId one = script.servers()[0];
    search::Model model = script.from_here(2);
    model.max_duplicates = 1;
    model.invariant("a majority elects", led_by_too_few);
    model.goal("one leads", [=](const Snapshot& at) { return leads_in(at, one, 2); });
    search_to_all_goals(model, 200'000);
  }
}

}  // namespace
}  // namespace octet::raft
