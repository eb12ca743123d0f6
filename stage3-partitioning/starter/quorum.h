#pragma once

#include <cstddef>

#include "stage3-partitioning/api/slots.h"

namespace octet::store {

/// Counts the answers to one request. When do two of them count as two?
class Quorum {
 public:
  bool operator==(const Quorum&) const = default;
  template <class Archive>
  void serialize(Archive& archive) {
    archive();  // and all that you add
  }

 private:
  // Your members.
};

}  // namespace octet::store
