#pragma once

#include <cstdint>
#include <string>
#include <vector>

/// What a checker has found out about the operations of a run, to be drawn on their bars. Events
/// are named by their numbers, from 1.
namespace octet::view {

/// An operation takes effect between two events.
struct Effect {
  std::uint64_t call = 0;   // of the operation
  std::uint64_t after = 0;  // the last event before it
  std::string then = {};    // what there is after it, in words
};

struct Marks {
  std::vector<Effect> effects = {};  // in the order in which they take effect
  std::uint64_t unexplained = 0;     // call of the operation that nothing explains; 0 is none
  std::string why = {};              // why it does not come next
};

}  // namespace octet::view
