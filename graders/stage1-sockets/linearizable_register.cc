#include "graders/stage1-sockets/linearizable_register.h"

#include <cstddef>
#include <cstdint>

#include "runtime/check.h"

namespace octet::grading {
namespace {

using History = std::vector<RegisterOperation>;

/// A set of operations, one bit each.
using Set = std::uint32_t;

bool contains(Set set, std::size_t index) {
  return (set >> index & 1) != 0;
}

bool was_answered(const RegisterOperation& operation) {
  return operation.answered && operation.available;
}

/// Whether `next` may be the first of the open ones: none of them was answered before it began.
bool may_be_first(const History& history, Set open, const RegisterOperation& next) {
  for (std::size_t i = 0; i < history.size(); ++i) {
    if (!contains(open, i) || !was_answered(history[i])) continue;
    if (*history[i].answered < next.began) return false;
  }
  return true;
}

bool has_an_order(const History& history, Set open, Set must, const std::string& value) {
  if ((open & must) == 0) return true;
  for (std::size_t i = 0; i < history.size(); ++i) {
    const RegisterOperation& next = history[i];
    if (!contains(open, i) || !may_be_first(history, open, next)) continue;
    const bool is_read = next.kind == RegisterOperation::Kind::read;
    if (is_read && (!was_answered(next) || next.value != value)) continue;
    if (has_an_order(history, open & ~(Set{1} << i), must, is_read ? value : next.value)) {
      return true;
    }
  }
  return false;
}

}  // namespace

bool linearizable(const std::vector<RegisterOperation>& history) {
  OCTET_CHECK(history.size() <= 32, "a set of operations is 32 bits");
  Set open = 0;
  Set must = 0;
  for (std::size_t i = 0; i < history.size(); ++i) {
    open |= Set{1} << i;
    if (was_answered(history[i])) must |= Set{1} << i;
  }
  return has_an_order(history, open, must, {});
}

}  // namespace octet::grading
