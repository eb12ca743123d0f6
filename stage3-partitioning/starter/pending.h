#pragma once

#include <string>

#include "quorum.h"
#include "stage3-partitioning/api/store.h"

namespace octet::store {

/// A request that this node coordinates, from the application's question to its answer.
struct Pending {
  std::string key;
  Level level = Level::eventual;
  Quorum quorum = {};
  bool operator==(const Pending&) const = default;
  // Your members.
};

}  // namespace octet::store
