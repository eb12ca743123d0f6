#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/search/step.h"

namespace octet::search {

/// What a search found, and how much of the space it saw.
struct Result {
  enum class End : std::uint8_t {
    violation,    // something is wrong: `violation` and `trace`
    goals,        // Bounds::until_goals, and every goal was met: `trace` leads to the last of them
    exhausted,    // every state was seen, up to the prunes
    max_states,   // there are more states than the bound
    max_depth,    // some states lie deeper than the bound
    max_choices,  // some handler has more outcomes than the bound; all else was seen
    opening,      // Model::opening cannot be taken: `violation` says where
  };
  struct Goal {
    std::string name;
    bool reached = false;
    std::size_t depth = 0;  // where it was met first
  };

  bool ok() const { return violation.empty(); }
  bool exhausted() const { return end == End::exhausted; }
  bool reached(std::string_view goal) const;

  /// The violation and the numbered steps that lead to it, each with what the node did and showed
  /// then; below them, how much was seen. For people.
  std::string story() const;

  /// "exhausted: 57 states, 140 transitions, depth 9". One line.
  std::string summary() const;

  End end = End::exhausted;
  std::string violation = {};          // a sentence
  std::vector<Step> trace = {};        // begins with the start of every node
  std::vector<std::string> told = {};  // the same in words, a paragraph each
  std::vector<Goal> goals = {};
  std::uint64_t states = 0;       // different ones
  std::uint64_t transitions = 0;  // steps taken, to known states too, and the nodes' start
  std::uint64_t pruned = 0;       // states that a prune ended at
  std::size_t depth = 0;          // of the deepest state, in steps after the nodes' start
  std::vector<std::uint64_t> states_by_depth = {};
};

}  // namespace octet::search
