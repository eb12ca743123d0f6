#include "graders/dsl/history/queue_model.h"

#include <algorithm>
#include <unordered_map>

namespace octet::grading {

using Kind = Operation::Kind;

namespace {

bool gets(const Operation& each) {
  return each.kind == Kind::dequeue && each.is_known() && each.succeeded;
}

}  // namespace

QueueModel::QueueModel(const Operations& operations) : operations_(operations) {
  std::unordered_map<std::string_view, char32_t> numbers;
  for (std::size_t i = 0; i < operations_.size(); ++i) {
    const Operation& each = operations_[i];
    has_open_dequeue_ |= each.kind == Kind::dequeue && !each.is_known();
    if (each.kind == Kind::dequeue && !gets(each)) {
      value_.push_back(nobodys);
      continue;
    }
    const auto number = static_cast<char32_t>(values_.size());
    const std::string_view text = gets(each) ? each.result : each.argument;
    const auto [value, is_new] = numbers.emplace(text, number);
    if (is_new) values_.emplace_back();
    value_.push_back(value->second);
    count(i);
  }
  find_times();
}

void QueueModel::count(std::size_t operation) {
  Value& value = values_[value_[operation]];
  if (!gets(operations_[operation])) {
    ++value.enqueues;
    return;
  }
  ++value.dequeues;
  value.last_returned = std::max(value.last_returned, operations_[operation].returned);
}

/// What the last that returns got is not to be known before.
void QueueModel::find_times() {
  const std::size_t last = last_to_return(operations_);
  for (std::size_t i = 0; i < operations_.size(); ++i) {
    Value& value = values_[value_[i]];
    const bool is_one = value.enqueues == 1 && value.dequeues == 1;
    if (!gets(operations_[i]) || !is_one || i == last) continue;
    value.from = operations_[i].called;
    value.until = operations_[i].returned;
  }
  if (!has_open_dequeue_) values_[nobodys].from = Operation::never;
}

/// Whoever enqueued this may as well not have.
bool QueueModel::is_never_got(std::size_t operation) const {
  return operations_[operation].kind == Kind::enqueue && !has_open_dequeue_ &&
         values_[value_[operation]].dequeues == 0;
}

bool QueueModel::matters(std::size_t operation) const {
  return operations_[operation].is_known() || !is_never_got(operation);
}

bool QueueModel::changes_nothing(const State& state, std::size_t operation) const {
  const Operation& each = operations_[operation];
  if (each.kind == Kind::dequeue) return each.is_known() && !each.succeeded && state.empty();
  return is_never_got(operation) && !state.empty() && state.back() == nobodys;
}

/// Behind these, a value is got after they are. That fits with when they are.
bool QueueModel::leaves_in_time(const State& before, char32_t value) const {
  return std::ranges::none_of(
      before, [&](char32_t other) { return values_[value].until < values_[other].from; });
}

std::optional<QueueModel::State> QueueModel::after(const State& state, std::size_t operation,
                                                   std::size_t now) const {
  const Operation& each = operations_[operation];
  const char32_t value = value_[operation];
  if (each.kind == Kind::enqueue) {
    if (!leaves_in_time(state, value)) return std::nullopt;
    return seen_from(state + value, now);
  }
  const bool fits = !each.is_known() || (each.succeeded && !state.empty() && state[0] == value);
  if (!fits || state.empty()) return std::nullopt;
  return state.substr(1);
}

QueueModel::State QueueModel::seen_from(State state, std::size_t now) const {
  for (char32_t& value : state) {
    if (values_[value].last_returned < now) value = nobodys;
  }
  const std::size_t first = state.find(nobodys);
  if (!has_open_dequeue_ && first != State::npos) state.resize(first + 1);
  return state;
}

}  // namespace octet::grading
