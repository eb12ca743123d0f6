#include "graders/dsl/history/tests/brute_force.h"

#include <algorithm>

#include "graders/dsl/history/sequential.h"

namespace octet::grading {
namespace {

struct Attempt {
  const Operations& operations;
  std::vector<bool> done = std::vector<bool>(operations.size());

  /// No other one that is still to come had returned before this one was called.
  bool may_be_next(std::size_t next) const {
    for (std::size_t i = 0; i < operations.size(); ++i) {
      if (!done[i] && i != next && operations[i].returned < operations[next].called) return false;
    }
    return true;
  }

  bool all_known_are_done() const {
    for (std::size_t i = 0; i < operations.size(); ++i) {
      if (!done[i] && operations[i].is_known()) return false;
    }
    return true;
  }

  bool goes_on(std::size_t next, Contents contents) {
    if (!why_not(operations[next], contents).empty()) return false;
    take_effect(operations[next], contents);
    done[next] = true;
    const bool found = succeeds(contents);
    done[next] = false;
    return found;
  }

  bool succeeds(const Contents& contents) {
    if (all_known_are_done()) return true;
    for (std::size_t i = 0; i < operations.size(); ++i) {
      if (!done[i] && may_be_next(i) && goes_on(i, contents)) return true;
    }
    return false;
  }
};

}  // namespace

bool is_linearizable_by_brute_force(const Operations& operations) {
  return operations.empty() ||
         Attempt{operations}.succeeds(contents_at_first(model_of(operations.front().kind)));
}

bool is_linearization(const Operations& operations, const std::vector<std::size_t>& order) {
  Attempt attempt{operations};
  Contents contents = contents_at_first(model_of(operations.front().kind));
  for (const std::size_t next : order) {
    if (attempt.done[next] || !attempt.may_be_next(next)) return false;
    if (!why_not(operations[next], contents).empty()) return false;
    take_effect(operations[next], contents);
    attempt.done[next] = true;
  }
  return attempt.all_known_are_done();
}

}  // namespace octet::grading
