#include "graders/stage3-partitioning/leaders_watch.h"

#include <fmt/format.h>

namespace octet::leaders {
namespace {

constexpr const char* property = "what leaders show";

}  // namespace

Watch::Watch(sim::World& world, const std::vector<NodeId>& leaders, const Config& config)
    : world_(world), config_(config) {
  for (const NodeId id : leaders) leaders_[id];
  world.always(property, [this] { return look(); });
}

void Watch::look_now() {
  if (const std::string wrong = look(); !wrong.empty()) world_.fail(property, wrong);
}

std::string Watch::look() {
  for (auto& [id, leader] : leaders_) {
    if (!world_.is_up(id)) continue;
    if (world_.handled(id) != leader.handled) {
      if (std::string wrong = look_at(id, leader); !wrong.empty()) return wrong;
    }
    settle(id, leader);
  }
  return "";
}

std::string Watch::look_at(NodeId id, Leader& leader) {
  leader.handled = world_.handled(id);
  View view = world_.view<View>(id);
  const bool is_new = leader.life != world_.lives(id);
  if (!is_new && view == leader.view) return "";
  const auto [shown, wrong] = writes_.shown_in(view);
  if (!wrong.empty()) return fmt::format("leader {} shows {}", id.value, wrong);
  if (std::string lost = gone(id, leader, shown); !lost.empty()) return lost;
  if (config_.causal) {
    if (std::string early = without_cause(id, shown); !early.empty()) return early;
  }
  if (is_new) {
    leader.life = world_.lives(id);
    leader.shown.reset();
    leader.arrived.clear();
  }
  for (Writes::Number each = 0; each < writes_.size(); ++each) {
    if (!shown[each] || leader.shown[each]) continue;
    if (writes_.at(each) != id) certain_.set(each);
    leader.arrived[each] = world_.now();
  }
  leader.shown |= shown;
  leader.view = std::move(view);
  return "";
}

/// In one life nothing goes away but for a write that comes after it. In the next one all is there
/// that was on disk.
std::string Watch::gone(NodeId id, const Leader& leader, const Writes::Numbers& shown) const {
  const bool is_new = leader.life != world_.lives(id);
  const std::string missing = writes_.missing(is_new ? leader.on_disk : leader.shown, shown);
  if (missing.empty()) return "";
  return is_new ? fmt::format("leader {} has started again, and does not show {}, though it did",
                              id.value, missing)
                : fmt::format("leader {} does not show any more {}", id.value, missing);
}

std::string Watch::without_cause(NodeId id, const Writes::Numbers& shown) const {
  for (Writes::Number each = 0; each < writes_.size(); ++each) {
    if (!shown[each]) continue;
    const std::string missing = writes_.missing(writes_.causes(each), shown);
    if (missing.empty()) continue;
    return fmt::format("leader {} shows {}, and not its cause, {} (ML4)", id.value,
                       writes_.text_of(each), missing);
  }
  return "";
}

/// Who writes to its disk now and then has time to do so.
void Watch::settle(NodeId id, Leader& leader) {
  if (leader.arrived.empty() || !world_.is_durable(id)) return;
  std::erase_if(leader.arrived, [&](const auto& entry) {
    if (world_.now() < entry.second + 2 * config_.interval) return false;
    leader.on_disk.set(entry.first);
    certain_.set(entry.first);
    return true;
  });
}

}  // namespace octet::leaders
