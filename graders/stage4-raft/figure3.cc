#include "graders/stage4-raft/figure3.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "graders/stage4-raft/text.h"
#include "runtime/random.h"

namespace octet::raft {
namespace {

std::uint64_t digest(std::uint64_t before, const Entry& entry) {
  return mix(mix(before ^ number(entry.term)) ^ std::hash<std::string>()(entry.command));
}

/// How many entries two logs have in common at their beginning.
std::size_t common_length(std::span<const Entry> one, std::span<const Entry> other) {
  const auto differ = std::ranges::mismatch(one, other);
  return static_cast<std::size_t>(differ.in1 - one.begin());
}

}  // namespace

Figure3::Figure3(sim::World& world, std::vector<NodeId> servers) : world_(world) {
  for (const NodeId id : servers) {
    servers_[id];
    world.listen<Output>(id, [this, id](const Output& output) {
      if (const auto* committed = std::get_if<Committed>(&output)) hear(id, *committed);
    });
  }
  world.always("the properties of Figure 3", [this] { return look(); });
}

std::size_t Figure3::committed_at(NodeId id) const {
  const Known& known = servers_.at(id);
  return known.life == world_.lives(id) ? known.told : 0;
}

Figure3::Known& Figure3::known(NodeId id) {
  Known& known = servers_.at(id);
  if (known.life != world_.lives(id)) {
    known.life = world_.lives(id);
    known.is_new = true;
    known.told = 0;
  }
  return known;
}

std::string Figure3::look() {
  for (const auto& [id, server] : servers_) {
    if (!world_.is_up(id) || world_.handled(id) == server.handled) continue;
    if (std::string wrong = look_at(id); !wrong.empty()) return wrong;
  }
  return "";
}

std::string Figure3::look_at(NodeId id) {
  Known& known = this->known(id);
  known.handled = world_.handled(id);
  const View now = world_.view<View>(id);
  const std::size_t same =
      known.first == now.first ? common_length(known.log, now.log) : std::size_t{0};
  std::string wrong = wrong_term(id, known, now);
  if (wrong.empty()) wrong = wrong_vote(id, known, now);
  if (wrong.empty()) wrong = wrong_commit_index(id, known, now);
  if (wrong.empty()) wrong = wrong_change_of_log(id, known, now, same);
  if (wrong.empty()) wrong = wrong_leader(id, now);
  if (!wrong.empty()) return wrong;
  take_over(known, now, same);
  return wrong_match(id);
}

void Figure3::take_over(Known& known, const View& view, std::size_t same) {
  known.is_new = false;
  known.role = view.role;
  known.term = view.term;
  known.voted_for = view.voted_for;
  known.commit_index = view.commit_index;
  known.first = view.first;
  known.log.resize(same);
  known.digests.resize(same);
  for (const Entry& entry : view.log.subspan(same)) {
    known.digests.push_back(digest(known.digests.empty() ? 0 : known.digests.back(), entry));
    known.log.push_back(entry);
  }
}

std::string Figure3::wrong_term(NodeId id, const Known& known, const View& now) const {
  if (!known.is_new && now.term < known.term) {
    return fmt::format("{} went back from term {} to term {} (§5.1: terms never decrease)",
                       name(id), number(known.term), number(now.term));
  }
  if (!now.log.empty() && now.log.back().term > now.term) {
    return fmt::format("{} is in term {}, and the last entry of its log is of term {} (§5.1)",
                       name(id), number(now.term), number(now.log.back().term));
  }
  return "";
}

std::string Figure3::wrong_vote(NodeId id, const Known& known, const View& now) const {
  if (known.is_new || known.term != now.term || !known.voted_for) return "";
  if (known.voted_for == now.voted_for) return "";
  return fmt::format("{} had voted for {} in term {}, and now {} (§5.2: one vote in a term)",
                     name(id), name(*known.voted_for), number(now.term),
                     now.voted_for ? "for " + name(*now.voted_for) : "has forgotten that");
}

std::string Figure3::wrong_commit_index(NodeId id, const Known& known, const View& now) const {
  if (!known.is_new && now.commit_index < known.commit_index) {
    return fmt::format("the commit index of {} went back from {} to {} (Figure 2)", name(id),
                       number(known.commit_index), number(now.commit_index));
  }
  if (now.commit_index >= now.first + now.log.size()) {
    return fmt::format("{} has {} for its commit index, which is behind the end of its log",
                       name(id), number(now.commit_index));
  }
  return "";
}

std::string Figure3::wrong_change_of_log(NodeId id, const Known& known, const View& now,
                                         std::size_t same) const {
  if (known.is_new || known.first != now.first) return "";
  if (same == known.log.size()) return wrong_order(id, now, same);
  const std::string entry =
      fmt::format("{} at index {}", text_of(known.log[same]), number(known.first + same));
  if (known.first + same <= known.commit_index) {
    return fmt::format("{} has taken {} out of its log, which it knew to be committed (§5.4)",
                       name(id), entry);
  }
  const bool has_led = known.role == Role::leader && now.role == Role::leader;
  if (has_led && known.term == now.term) {
    return fmt::format(
        "{} leads in term {} and has taken {} out of its own log (Leader Append-Only, §5.3)",
        name(id), number(now.term), entry);
  }
  return wrong_order(id, now, same);
}

/// A leader writes its own term behind terms that are not later, so that followers' logs are in
/// order, too. Up to `from` that is known.
std::string Figure3::wrong_order(NodeId id, const View& now, std::size_t from) const {
  for (std::size_t at = std::max<std::size_t>(from, 1); at < now.log.size(); ++at) {
    if (now.log[at - 1].term <= now.log[at].term) continue;
    return fmt::format("{} has {} at index {} behind one of term {}, which no leader writes (§5.3)",
                       name(id), text_of(now.log[at]), number(now.first + at),
                       number(now.log[at - 1].term));
  }
  return "";
}

std::string Figure3::wrong_leader(NodeId id, const View& now) {
  if (now.role != Role::leader) return "";
  const auto [leader, is_new] = leaders_.emplace(now.term, id);
  if (leader->second != id) {
    return fmt::format("{} and {} both lead in term {} (Election Safety, §5.2)",
                       name(leader->second), name(id), number(now.term));
  }
  if (!is_new) return "";
  for (std::size_t place = 0; place < committed_.size(); ++place) {
    const Committed& each = committed_[place];
    if (committed_in_[place] > now.term || each.index < now.first) continue;
    const std::size_t at = each.index - now.first;
    if (at < now.log.size() && now.log[at].term == each.term) continue;
    return fmt::format(
        "{} leads in term {}, and {} at index {}, which is committed, is not in its log (Leader "
        "Completeness, §5.4)",
        name(id), number(now.term), text_of({each.term, each.command}), number(each.index));
  }
  return "";
}

/// Where two logs have an entry with the same index and term, they are equal up to there. It is
/// enough to look at the last such place.
std::string Figure3::wrong_match(NodeId id) const {
  const Known& one = servers_.at(id);
  for (const auto& [other_id, other] : servers_) {
    if (other_id == id || other.is_new || other.first != one.first) continue;
    std::size_t at = std::min(one.log.size(), other.log.size());
    while (at > 0 && one.log[at - 1].term != other.log[at - 1].term) --at;
    if (at == 0 || one.digests[at - 1] == other.digests[at - 1]) continue;
    const std::size_t same = common_length(one.log, other.log);
    return fmt::format(
        "the logs of {} and {} both have an entry of term {} at index {}, and differ at index {}: "
        "{}, and {} (Log Matching, §5.3)",
        name(id), name(other_id), number(one.log[at - 1].term), number(one.first + (at - 1)),
        number(one.first + same), text_of(one.log[same]), text_of(other.log[same]));
  }
  return "";
}

void Figure3::hear(NodeId id, const Committed& committed) {
  const std::size_t place = known(id).told++;
  if (place < committed_.size()) {
    const Committed& agreed = committed_[place];
    if (agreed == committed) return;
    world_.fail(
        "state machine safety",
        fmt::format("{} applies {} at index {} as command number {}, and another server "
                    "has applied {} at index {} (State Machine Safety, §5.4)",
                    name(id), text_of({committed.term, committed.command}), number(committed.index),
                    place + 1, text_of({agreed.term, agreed.command}), number(agreed.index)));
    return;
  }
  committed_.push_back(committed);
  committed_in_.push_back(world_.is_up(id) ? world_.view<View>(id).term : servers_.at(id).term);
  if (is_on_majority(committed)) return;
  world_.fail(
      "committed is what a majority has",
      fmt::format("{} takes {} at index {} for committed, which is not in the logs of a "
                  "majority (§5.3)",
                  name(id), text_of({committed.term, committed.command}), number(committed.index)));
}

bool Figure3::is_on_majority(const Committed& committed) const {
  const auto has = [&](const auto& server) {
    const auto& [id, known] = server;
    const View view =
        world_.is_up(id) ? world_.view<View>(id) : View{.first = known.first, .log = known.log};
    if (committed.index < view.first) return true;
    const std::size_t at = committed.index - view.first;
    return at < view.log.size() && view.log[at].term == committed.term;
  };
  return static_cast<std::size_t>(std::ranges::count_if(servers_, has)) > servers_.size() / 2;
}

}  // namespace octet::raft
