#include "graders/dsl/history/register_model.h"

#include <algorithm>
#include <unordered_map>

namespace octet::grading {

using Kind = Operation::Kind;

RegisterModel::RegisterModel(const Operations& operations)
    : operations_(operations), last_read_at_(1) {
  std::unordered_map<std::string_view, State> numbers = {{"", 0}};
  for (const Operation& each : operations_) {
    const bool is_read = each.kind == Kind::read;
    const auto number = static_cast<State>(numbers.size());
    const auto [value, is_new] = numbers.emplace(is_read ? each.result : each.argument, number);
    if (is_new) last_read_at_.push_back(0);
    value_.push_back(value->second);
    if (!is_read || !each.is_known()) continue;
    std::size_t& last = last_read_at_[value->second];
    last = std::max(last, each.returned);
  }
}

bool RegisterModel::matters(std::size_t operation) const {
  return operations_[operation].is_known() || operations_[operation].kind == Kind::write;
}

bool RegisterModel::changes_nothing(State state, std::size_t operation) const {
  if (operations_[operation].kind == Kind::read) return state == value_[operation];
  return state == unseen && last_read_at_[value_[operation]] == 0;
}

std::optional<RegisterModel::State> RegisterModel::after(State, std::size_t operation,
                                                         std::size_t now) const {
  if (operations_[operation].kind == Kind::read) return std::nullopt;
  return seen_from(value_[operation], now);
}

RegisterModel::State RegisterModel::seen_from(State state, std::size_t now) const {
  return state == unseen || last_read_at_[state] < now ? unseen : state;
}

}  // namespace octet::grading
