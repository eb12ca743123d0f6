#include "graders/dsl/history/lock_model.h"

#include <algorithm>

namespace octet::grading {

using Kind = Operation::Kind;

LockModel::LockModel(const Operations& operations) : operations_(operations) {
  for (const Operation& each : operations_) {
    if (each.kind != Kind::release) continue;
    std::size_t& last = last_release_[held_by(each.client)];
    last = std::max(last, each.returned);
  }
}

bool LockModel::changes_nothing(State state, std::size_t operation) const {
  const Operation& each = operations_[operation];
  return each.kind == Kind::acquire && each.is_known() && !each.succeeded && state != free;
}

std::optional<LockModel::State> LockModel::after(State state, std::size_t operation,
                                                 std::size_t now) const {
  const Operation& each = operations_[operation];
  const State holder = held_by(each.client);
  if (each.kind == Kind::release) return state == holder ? std::optional(free) : std::nullopt;
  if (state != free || (each.is_known() && !each.succeeded)) return std::nullopt;
  return seen_from(holder, now);
}

LockModel::State LockModel::seen_from(State state, std::size_t now) const {
  if (state == free || state == kept) return state;
  const auto last = last_release_.find(state);
  return last == last_release_.end() || last->second < now ? kept : state;
}

}  // namespace octet::grading
