// What tests do to nodes, networks, clocks and disks.
#include <algorithm>
#include <utility>

#include "runtime/check.h"
#include "runtime/erase/json.h"
#include "runtime/sim/world.h"

namespace octet::sim {

World& World::crash(NodeId id) {
  Host& host = this->host(id);
  if (host.is_up()) go_down(host);
  return *this;
}

World& World::crash_after_effects(NodeId id, std::size_t effects) {
  host(id).crash_after_effects = effects;
  return *this;
}

/// The process is gone with all it had in memory. Of the writes that were under way the disk keeps
/// a beginning.
void World::go_down(Host& host) {
  const std::uint64_t under_way = host.disk.issued() - host.disk.arrived();
  const std::uint64_t key = std::uint64_t{host.id().value} << 32 | host.incarnation;
  const std::uint64_t kept = crash_draws_.between(0, under_way, key);
  host.disk.crash(kept);
  host.node.reset();
  host.timers.clear();
  host.waiting.clear();
  host.is_paused = false;
  host.crash_after_effects.reset();
  std::string text;
  if (under_way > 0) {
    text = std::to_string(kept) + " of " + std::to_string(under_way) + " writes under way survive";
  }
  record_fault(Kind::crash, host.id(), {}, std::move(text));
  for (const Host::Missed& event : std::exchange(host.missed, {})) record_missed(host, event);
}

World& World::restart(NodeId id) {
  Host& host = this->host(id);
  if (host.is_up()) return *this;
  record_fault(Kind::restart, id);
  start(host);
  return *this;
}

World& World::restart_with_empty_disk(NodeId id) {
  if (is_up(id)) return *this;
  host(id).disk.erase();
  record_fault(Kind::disk, id, {}, "an empty disk");
  return restart(id);
}

World& World::restart_without_last(NodeId id, std::size_t records) {
  if (is_up(id)) return *this;
  host(id).disk.forget(records);
  record_fault(Kind::disk, id, {}, "lost its last " + std::to_string(records) + " records");
  return restart(id);
}

World& World::pause(NodeId id) {
  Host& host = this->host(id);
  if (!host.is_up() || host.is_paused) return *this;
  host.is_paused = true;
  record_fault(Kind::pause, id);
  return *this;
}

World& World::resume(NodeId id) {
  Host& host = this->host(id);
  if (!host.is_paused) return *this;
  host.is_paused = false;
  record_fault(Kind::resume, id);
  for (const Host::Missed& event : std::exchange(host.missed, {})) {
    if (violated_) break;
    if (host.is_up()) {
      event.happen();
      check_properties();
    } else {  // one of them was its end
      record_missed(host, event);
    }
  }
  return *this;
}

World& World::cut_one_way(NodeId from, NodeId to) {
  if (from == to || network_.is_cut(from, to)) return *this;
  network_.cut(from, to);
  record_fault(Kind::cut, from, to);
  return *this;
}

World& World::isolate(NodeId id) {
  for (const NodeId other : ids()) cut_one_way(id, other).cut_one_way(other, id);
  return *this;
}

World& World::partition(const std::vector<std::vector<NodeId>>& groups) {
  const auto together = [&](NodeId one, NodeId other) {
    return std::ranges::any_of(groups, [&](const std::vector<NodeId>& group) {
      return std::ranges::find(group, one) != group.end() &&
             std::ranges::find(group, other) != group.end();
    });
  };
  for (const NodeId one : ids()) {
    for (const NodeId other : ids()) {
      if (!together(one, other)) cut_one_way(one, other);
    }
  }
  return *this;
}

World& World::bridge(NodeId over, const std::vector<NodeId>& one,
                     const std::vector<NodeId>& other) {
  std::vector<NodeId> first = one;
  std::vector<NodeId> second = other;
  first.push_back(over);
  second.push_back(over);
  return partition({first, second});
}

World& World::cut_off(const std::vector<NodeId>& group) {
  for (const NodeId id : ids()) {
    if (std::ranges::find(group, id) != group.end()) continue;
    for (const NodeId inside : group) cut_one_way(id, inside).cut_one_way(inside, id);
  }
  return *this;
}

World& World::join(const std::vector<NodeId>& group) {
  for (const NodeId id : ids()) {
    for (const NodeId inside : group) heal_one_way(id, inside).heal_one_way(inside, id);
  }
  return *this;
}

World& World::heal_one_way(NodeId from, NodeId to) {
  if (!network_.is_cut(from, to)) return *this;
  network_.heal(from, to);
  record_fault(Kind::heal, from, to);
  return *this;
}

World& World::heal() {
  network_.forget_rules();
  const auto cuts = network_.cuts();
  for (const auto& [from, to] : cuts) heal_one_way(from, to);
  return *this;
}

World& World::drop(Filter filter) {
  network_.drop(std::move(filter));
  return *this;
}

World& World::delay(Filter filter, Duration by) {
  network_.delay(std::move(filter), by);
  return *this;
}

World& World::duplicate(Filter filter, Duration later) {
  network_.duplicate(std::move(filter), later);
  return *this;
}

World& World::skew_clock(NodeId id, std::int64_t parts_per_million) {
  OCTET_CHECK(parts_per_million >= -500'000, "a clock that hardly moves never fires a timer");
  host(id).clock.drift(parts_per_million, now_);
  record_fault(Kind::clock, id, {}, speed_text(parts_per_million));
  return *this;
}

World& World::jump_clock(NodeId id, Duration by) {
  host(id).clock.jump(by);
  record_fault(Kind::clock, id, {}, "jumps by " + erase::duration_text(by));
  return *this;
}

World& World::slow_disk(NodeId id, Duration latency) {
  host(id).disk_latency = latency;
  record_fault(Kind::disk, id, {}, erase::duration_text(latency) + " for a write");
  return *this;
}

}  // namespace octet::sim
