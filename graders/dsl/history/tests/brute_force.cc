#include "graders/dsl/history/tests/brute_force.h"

#include <algorithm>
#include <string>
#include <vector>

namespace octet::grading {
namespace {

using Kind = Operation::Kind;

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

  bool goes_on(std::size_t next, std::string value) {
    const Operation& operation = operations[next];
    const bool is_equal = value == operation.seen();
    if (operation.kind == Kind::get && operation.is_known() && !is_equal) return false;
    if (operation.kind == Kind::cas && operation.is_known() && is_equal != operation.swapped) {
      return false;
    }
    if (operation.kind == Kind::put) value = operation.argument;
    if (operation.kind == Kind::append) value += operation.argument;
    if (operation.kind == Kind::cas && is_equal) value = operation.argument;
    done[next] = true;
    const bool found = succeeds(value);
    done[next] = false;
    return found;
  }

  bool succeeds(const std::string& value) {
    if (all_known_are_done()) return true;
    for (std::size_t i = 0; i < operations.size(); ++i) {
      if (!done[i] && may_be_next(i) && goes_on(i, value)) return true;
    }
    return false;
  }
};

}  // namespace

bool is_linearizable_by_brute_force(const Operations& operations) {
  return Attempt{operations}.succeeds("");
}

}  // namespace octet::grading
