#pragma once

#include <cstdint>
#include <deque>
#include <vector>

#include "runtime/search/fingerprint.h"
#include "runtime/search/interner.h"

namespace octet::search {

/// Who is known already. Of a state it keeps its fingerprint and how it was reached first, in 24
/// bytes, and 8 to 16 more for finding it. Every look is a cache miss: fuller slots are slower.
class Visited {
 public:
  /// A state is reached from its parent by one of the moves that the parent has.
  struct Known {
    Fingerprint fingerprint;
    Id parent = none;
    Id move = none;
  };

  struct Found {
    Id number;  // states are numbered from 0
    bool is_new;
  };

  Found insert(const Known& state);
  bool contains(const Fingerprint& fingerprint) const;

  const Known& operator[](Id number) const { return known_[number]; }

 private:
  /// Where the fingerprint is, or where it would be.
  std::size_t slot_of(const Fingerprint& fingerprint) const;
  void grow();

  std::deque<Known> known_;
  std::vector<Id> slots_ = std::vector<Id>(1024, none);  // a power of two; open addressing
};

}  // namespace octet::search
