#pragma once

#include <deque>
#include <string>
#include <utility>
#include <vector>

#include "graders/dsl/history/operation.h"
#include "graders/dsl/history/sequential.h"
#include "runtime/random.h"

namespace octet::grading {

/// A small history that follows from a seed: of a real object, in some with a result that was made
/// up. Operations end in every way: they return, have surely failed (and are left out), or have no
/// known end, with an effect or without.
class MadeHistory {
 public:
  /// `unique`: each value is written once, and told apart within a longer one.
  MadeHistory(Model model, std::uint64_t seed, bool unique);

  const Operations& operations() const { return all_; }

 private:
  std::string_view keep(std::string text) { return texts_.emplace_back(std::move(text)); }
  std::string_view text(std::size_t number);
  Operation draw(Model model, std::size_t number);
  void happen(std::size_t when, std::size_t number, Contents& contents);
  void observe(Operation& operation, const Contents& contents);
  void spoil(Operation& operation);
  void settle();

  Random random_;
  bool unique_;
  Operations all_;
  std::vector<bool> failed_;
  std::deque<std::string> texts_;
};

}  // namespace octet::grading
