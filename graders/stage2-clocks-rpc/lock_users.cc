#include "graders/stage2-clocks-rpc/lock_users.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "stage2-clocks-rpc/api/solution.h"

namespace octet::grading {

using mutual_exclusion::Entered;
using mutual_exclusion::Input;
using mutual_exclusion::make_mutual_exclusion;
using mutual_exclusion::Output;
using mutual_exclusion::Release;
using mutual_exclusion::Request;

LockUsers::LockUsers(sim::World& world, const std::vector<NodeId>& members)
    : world_(world), members_(members) {
  for (const NodeId id : members_) {
    world_.add(id, [this] { return make_mutual_exclusion({members_}); });
    world_.listen<Output>(id, [this, id](const Output&) { enter(id); });
  }
  world_.always("one at a time is inside (X1)", [this] { return problem_; });
}

void LockUsers::request(NodeId who) {
  waiting_.insert(who);
  world_.input(who, Input(Request{}));
}

void LockUsers::release(NodeId who) {
  if (inside_ == who) inside_.reset();
  world_.input(who, Input(Release{}));
}

void LockUsers::come_and_go(Duration stay, std::size_t times, Duration pause) {
  habit_ = {stay, times, pause};
}

void LockUsers::enter(NodeId who) {
  if (!problem_.empty()) return;
  if (inside_) {
    problem_ =
        fmt::format("process {} enters while process {} is inside", who.value, inside_->value);
  } else if (!waiting_.contains(who)) {
    problem_ = fmt::format("process {} enters without a request", who.value);
  }
  if (!problem_.empty()) return;
  inside_ = who;
  waiting_.erase(who);
  entries_.push_back(who);
  if (habit_) world_.at(world_.now() + habit_->stay, [this, who] { leave(who); });
}

void LockUsers::leave(NodeId who) {
  release(who);
  const auto entered = static_cast<std::size_t>(std::ranges::count(entries_, who));
  if (entered >= habit_->times) return;
  world_.at(world_.now() + habit_->pause, [this, who] { request(who); });
}

}  // namespace octet::grading
