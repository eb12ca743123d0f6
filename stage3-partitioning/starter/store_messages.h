#pragma once

#include <cstdint>
#include <string>

#include "hash_tree.h"
#include "stage3-partitioning/api/store.h"
#include "versions.h"

/// What the nodes of the store tell each other: a proposal, and only a beginning.
namespace octet::store {

/// What do you know of this key? For which request is the answer?
struct ReadCopy {
  std::string key;
};
struct CopyRead {
  Siblings copy;
};

}  // namespace octet::store
