#include "graders/stage3-partitioning/replica_rules.h"

#include <algorithm>
#include <functional>

#include "graders/stage3-partitioning/replica_text.h"
#include "runtime/random.h"

namespace octet::followers {
namespace {

/// Different for different writes.
std::string key_of(const Write& write) {
  if (const auto* put = std::get_if<Put>(&write)) return "put " + put->key + '\0' + put->value;
  const auto& add = std::get<Add>(write);
  return "add " + std::to_string(add.amount) + " " + add.key;
}

std::uint64_t digest(std::uint64_t before, const Entry& entry) {
  const std::string write = entry.write ? key_of(*entry.write) : "";
  return mix(mix(before ^ number(entry.epoch)) ^ std::hash<std::string>()(write));
}

}  // namespace

ReplicaRules::ReplicaRules(sim::World& world, const Config& config)
    : world_(world), config_(config) {
  for (const NodeId id : config.replicas) known_[id];
  world.always("the rules of replicas", [this] { return look(); });
}

const std::vector<Entry>* ReplicaRules::log_with(Token place) const {
  for (const auto& [id, known] : known_) {
    if (has(known.log, place)) return &known.log;
  }
  return nullptr;
}

bool ReplicaRules::is_lost(Token place, Epoch until) const {
  return std::ranges::any_of(beginnings_, [&](const auto& beginning) {
    const auto& [epoch, epochs] = beginning;
    if (epoch <= place.epoch || until < epoch) return false;
    const std::size_t at = place.index - Index{1};
    return at >= epochs.size() || epochs[at] != place.epoch;
  });
}

void ReplicaRules::submitted(const Write& write) {
  submitted_[key_of(write)] = true;
}

std::string ReplicaRules::refused(const Write& write) {
  submitted_[key_of(write)] = false;
  for (const auto& [id, known] : known_) {
    if (!known.writes.contains(key_of(write))) continue;
    return fmt::format("[{}] was answered NotLeader, and it is in the log of {}", text_of(write),
                       name(id));
  }
  return "";
}

std::string ReplicaRules::look() {
  for (auto& [id, known] : known_) {
    if (!world_.is_up(id)) continue;
    if (world_.handled(id) != known.handled) {
      if (std::string wrong = look_at(id); !wrong.empty()) return wrong;
    }
    // What is not on its disk a crash may take back.
    if (config_.durable_on == 1 || known.settled >= known.applied || !world_.is_durable(id)) {
      continue;
    }
    if (std::string wrong = settle(id, known.applied); !wrong.empty()) return wrong;
    known.settled = known.applied;
  }
  return "";
}

std::string ReplicaRules::look_at(NodeId id) {
  Known& known = known_.at(id);
  known.handled = world_.handled(id);
  if (known.life != world_.lives(id)) {
    known.life = world_.lives(id);
    known.is_new = true;
    known.settled = {};
  }
  const View now = world_.view<View>(id);
  const std::size_t same = common_length(known.log, now.log);
  std::string wrong = wrong_epoch(id, known, now);
  if (wrong.empty()) wrong = wrong_applied(id, known, now);
  if (wrong.empty()) wrong = wrong_change(id, known, now, same);
  if (!wrong.empty()) return wrong;
  take_over(known, now, same);
  wrong = wrong_writes(id, known, same);
  if (wrong.empty()) wrong = wrong_values(id, known, now);
  if (wrong.empty()) wrong = wrong_match(id);
  if (wrong.empty()) wrong = wrong_leader(id, known);
  return wrong;
}

void ReplicaRules::take_over(Known& known, const View& view, std::size_t same) {
  if (view.applied < known.applied || same < number(known.applied)) {
    known.values = replay(view.log.first(number(view.applied)));
  } else {
    for (std::uint64_t at = number(known.applied); at < number(view.applied); ++at) {
      apply(view.log[at], known.values);
    }
  }
  known.is_new = false;
  known.role = view.role;
  known.epoch = view.epoch;
  known.applied = view.applied;
  known.settled = std::min(known.settled, known.applied);
  known.log.resize(same);
  known.digests.resize(same);
  for (const Entry& entry : view.log.subspan(same)) {
    known.digests.push_back(digest(known.digests.empty() ? 0 : known.digests.back(), entry));
    known.log.push_back(entry);
  }
}

std::string ReplicaRules::wrong_epoch(NodeId id, const Known& known, const View& now) const {
  if (!known.is_new && now.epoch < known.epoch) {
    return fmt::format("{} went back from epoch {} to epoch {} (LF5)", name(id),
                       number(known.epoch), number(now.epoch));
  }
  if (!now.log.empty() && now.log.back().epoch > now.epoch) {
    return fmt::format("{} is in epoch {}, and the last entry of its log is of epoch {}", name(id),
                       number(now.epoch), number(now.log.back().epoch));
  }
  if (now.role == Role::leader && now.epoch == Epoch{}) {
    return name(id) + " leads in epoch 0, which is before the first fail-over";
  }
  return "";
}

std::string ReplicaRules::wrong_applied(NodeId id, const Known& known, const View& now) const {
  if (number(now.applied) > now.log.size()) {
    return fmt::format("{} has applied all up to index {}, and its log ends at index {} (LF3)",
                       name(id), number(now.applied), now.log.size());
  }
  if (known.is_new || now.applied >= known.applied || config_.durable_on == 1) return "";
  return fmt::format(
      "{} had applied all up to index {}, and now up to index {}: in synchronous mode that never "
      "goes back (LF3)",
      name(id), number(known.applied), number(now.applied));
}

std::string ReplicaRules::wrong_change(NodeId id, const Known& known, const View& now,
                                       std::size_t same) const {
  for (std::size_t at = std::max<std::size_t>(same, 1); at < now.log.size(); ++at) {
    if (now.log[at - 1].epoch <= now.log[at].epoch) continue;
    return fmt::format("{} has {} behind one of epoch {}: epochs never decrease along a log",
                       name(id), text_of(now.log[at], Index{at + 1}),
                       number(now.log[at - 1].epoch));
  }
  if (known.is_new || same == known.log.size()) return "";
  const std::string entry = text_of(known.log[same], Index{same + 1});
  if (same < number(known.applied) && config_.durable_on > 1) {
    return fmt::format("{} has taken {} out of its log, which it had applied (LF3)", name(id),
                       entry);
  }
  if (known.role == Role::leader && now.role == Role::leader && known.epoch == now.epoch) {
    return fmt::format("{} leads in epoch {}, and has taken {} out of its own log (LF2)", name(id),
                       number(now.epoch), entry);
  }
  return "";
}

std::string ReplicaRules::wrong_writes(NodeId id, Known& known, std::size_t same) {
  known.writes.clear();
  for (std::size_t at = 0; at < known.log.size(); ++at) {
    const Entry& entry = known.log[at];
    if (!entry.write) continue;
    const std::string key = key_of(*entry.write);
    const bool is_first = known.writes.insert(key).second;
    if (at < same) continue;
    const auto submitted = submitted_.find(key);
    if (submitted == submitted_.end() || !submitted->second) {
      return fmt::format("{} has {} in its log, {}", name(id), text_of(entry, Index{at + 1}),
                         submitted == submitted_.end() ? "which no client has submitted"
                                                       : "which was answered NotLeader");
    }
    if (is_first) continue;
    return fmt::format("{} has {} in its log a second time, and it was submitted once (LF3)",
                       name(id), text_of(entry, Index{at + 1}));
  }
  return "";
}

std::string ReplicaRules::wrong_values(NodeId id, const Known& known, const View& now) const {
  if (known.values == now.values) return "";
  for (const Values* all : {&known.values, &now.values}) {
    for (const auto& [key, value] : *all) {
      const auto there = value_of(known.values, key);
      const auto here = value_of(now.values, key);
      if (there == here) continue;
      return fmt::format(
          "{} has applied its log up to index {}, which leads to {} for {}, and it shows {} (LF3)",
          name(id), number(now.applied), text_of(there), text_of(std::optional(key)),
          text_of(here));
    }
  }
  return "";
}

/// Where two logs have an entry with the same index and epoch, they are equal up to there. It is
/// enough to look at the last such place.
std::string ReplicaRules::wrong_match(NodeId id) const {
  const Known& one = known_.at(id);
  for (const auto& [other_id, other] : known_) {
    if (other_id == id) continue;
    std::size_t at = std::min(one.log.size(), other.log.size());
    while (at > 0 && one.log[at - 1].epoch != other.log[at - 1].epoch) --at;
    if (at == 0 || one.digests[at - 1] == other.digests[at - 1]) continue;
    const std::size_t same = common_length(one.log, other.log);
    const Index place{same + 1};
    return fmt::format(
        "{} and {} both have an entry of epoch {} at index {}, and their logs are not equal up to "
        "there: {} against {} (LF2)",
        name(id), name(other_id), number(one.log[at - 1].epoch), at, text_of(one.log[same], place),
        text_of(other.log[same], place));
  }
  return "";
}

std::string ReplicaRules::wrong_leader(NodeId id, const Known& known) {
  if (known.role != Role::leader) return "";
  const auto [leader, is_new] = leaders_.emplace(known.epoch, id);
  if (leader->second != id) {
    return fmt::format("{} and {} both lead in epoch {}", name(leader->second), name(id),
                       number(known.epoch));
  }
  if (!is_new) return "";
  std::vector<Epoch>& beginning = beginnings_[known.epoch];
  for (const Entry& entry : known.log) beginning.push_back(entry.epoch);
  return lacks_what_is_safe(id, known);
}

std::string ReplicaRules::lacks_what_is_safe(NodeId id, const Known& known) const {
  for (std::size_t at = 0; at < safe_.size(); ++at) {
    const Safe& safe = safe_[at];
    if (safe.in >= known.epoch) continue;
    if (at < known.digests.size() && known.digests[at] == safe.digest) continue;
    return fmt::format(
        "{} leads in epoch {}, and {}, which {} acknowledged or applied in epoch {}, is not in its "
        "log (LF4)",
        name(id), number(known.epoch), text_of(safe.entry, Index{at + 1}), name(safe.by),
        number(safe.in));
  }
  return "";
}

std::string ReplicaRules::settle(NodeId id, Index index) {
  const Known& known = known_.at(id);
  for (std::size_t at = 0; at < number(index); ++at) {
    if (at < safe_.size()) {
      if (safe_[at].digest == known.digests[at]) continue;
      return fmt::format("{} shows {} as safe, and {} has shown {} there (LF3)", name(id),
                         text_of(known.log[at], Index{at + 1}), name(safe_[at].by),
                         text_of(safe_[at].entry, Index{at + 1}));
    }
    if (std::string wrong = settled_too_early(id, at); !wrong.empty()) return wrong;
    safe_.push_back({known.digests[at], known.log[at], id, known.epoch});
    for (const auto& [epoch, leader] : leaders_) {
      const Known& other = known_.at(leader);
      if (epoch <= known.epoch || other.epoch != epoch || other.role != Role::leader) continue;
      if (std::string wrong = lacks_what_is_safe(leader, other); !wrong.empty()) return wrong;
    }
  }
  return "";
}

std::string ReplicaRules::settled_too_early(NodeId id, std::size_t at) const {
  const std::uint64_t digest = known_.at(id).digests[at];
  const auto replicas = std::ranges::count_if(known_, [&](const auto& each) {
    const auto& digests = each.second.digests;
    return at < digests.size() && digests[at] == digest;
  });
  if (static_cast<std::size_t>(replicas) >= config_.durable_on) return "";
  return fmt::format("{} acknowledges or applies {}, which {} in the log of {} (LF1)", name(id),
                     text_of(known_.at(id).log[at], Index{at + 1}),
                     fmt::format("has to be on {} replicas and is", config_.durable_on),
                     replicas == 1 ? "1 replica" : fmt::format("{} replicas", replicas));
}

}  // namespace octet::followers
