#include "runtime/search/branches.h"

#include <stdexcept>

namespace octet::search {
namespace {

constexpr std::size_t most_choices_of_one_run = 1'000;

}  // namespace

Branches::Branches(NodeId id, std::span<const std::uint64_t> choices) : id_(id) {
  for (const std::uint64_t taken : choices) choices_.push_back({taken, taken + 1});
}

std::uint64_t Branches::choose(std::uint64_t options) {
  if (options == 0) throw std::invalid_argument("choose(0) leaves nothing to choose from");
  if (asked_ == most_choices_of_one_run) throw std::length_error("choose() 1000 times, and again");
  if (asked_ == choices_.size()) choices_.push_back({0, options});
  return choices_[asked_++].taken;
}

std::vector<std::uint64_t> Branches::taken() const {
  std::vector<std::uint64_t> all;
  for (const Choice& choice : choices_) all.push_back(choice.taken);
  return all;
}

/// Counts up, the last choice fastest; what follows a choice may depend on it.
bool Branches::next() {
  asked_ = 0;
  while (!choices_.empty() && choices_.back().taken + 1 >= choices_.back().options) {
    choices_.pop_back();
  }
  if (choices_.empty()) return false;
  ++choices_.back().taken;
  return true;
}

}  // namespace octet::search
