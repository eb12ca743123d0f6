#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>

#include "runtime/check.h"
#include "runtime/search/interner.h"

namespace octet::search {

/// Gives each message of one run a number, which the search has no use for: to it, equal messages
/// are one. Of equal ones the oldest arrives first.
class NumbersInFlight {
 public:
  /// Numbers count from 1.
  std::uint64_t add(Id message) {
    numbers_[message].push_back(++last_);
    return last_;
  }
  /// A message that does not get far has a number too.
  std::uint64_t skip() { return ++last_; }

  std::size_t count(Id message) const {
    const auto found = numbers_.find(message);
    return found == numbers_.end() ? 0 : found->second.size();
  }
  std::uint64_t next(Id message) const {
    OCTET_CHECK(count(message) > 0, "what arrives or is lost was in flight");
    return numbers_.at(message).front();
  }
  std::uint64_t take(Id message) {
    const std::uint64_t number = next(message);
    numbers_[message].pop_front();
    return number;
  }

 private:
  std::map<Id, std::deque<std::uint64_t>> numbers_;
  std::uint64_t last_ = 0;
};

}  // namespace octet::search
