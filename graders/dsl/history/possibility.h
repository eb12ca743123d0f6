#pragma once

#include <cstddef>
#include <cstdint>
#include <unordered_set>
#include <vector>

#include "graders/dsl/history/slot_set.h"

namespace octet::grading {

/// What may be so at some moment. How it came about is told, not compared.
template <class State>
struct Possibility {
  SlotSet done;  // of the operations under way
  State state{};
  std::uint32_t last_step = 0;  // a number of Steps

  bool operator==(const Possibility& other) const {
    return state == other.state && done == other.done;
  }
};

/// `Model::hash` tells states apart.
template <class Model>
struct PossibilityHash {
  std::size_t operator()(const Possibility<typename Model::State>& one) const {
    return one.done.hash() ^ Model::hash(one.state);
  }
};

template <class Model>
using Possibilities =
    std::unordered_set<Possibility<typename Model::State>, PossibilityHash<Model>>;

/// How each possibility came about: lists that share their beginnings.
class Steps {
 public:
  /// The number of a list that has one more operation than that of number `before`. 0 is empty.
  std::uint32_t add(std::uint32_t before, std::size_t operation) {
    all_.push_back({before, static_cast<std::uint32_t>(operation)});
    return static_cast<std::uint32_t>(all_.size());
  }

  std::vector<std::size_t> list(std::uint32_t number) const {
    std::vector<std::size_t> backwards;
    for (; number != 0; number = all_[number - 1].before) {
      backwards.push_back(all_[number - 1].operation);
    }
    return {backwards.rbegin(), backwards.rend()};
  }

 private:
  struct Step {
    std::uint32_t before = 0;
    std::uint32_t operation = 0;
  };
  std::vector<Step> all_;
};

}  // namespace octet::grading
