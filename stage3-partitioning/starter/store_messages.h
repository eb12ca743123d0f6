#pragma once

#include <string>

#include "stage3-partitioning/api/store.h"
#include "versions.h"

/// What the nodes of the store tell each other: a proposal, and only a beginning. An answer has to
/// say what it answers, for it may come late, twice, or to a coordinator that has crashed since.
namespace octet::store {

/// What do you know of this key, as the owner of that slot?
struct ReadCopy {
  Slot slot{};
  std::string key;
};
struct CopyRead {
  Slot slot{};
  Siblings copy;
};

/// Take this in, and have it on disk before you answer.
struct StoreCopy {
  Slot slot{};
  std::string key;
  Siblings copy;
};
struct CopyStored {
  Slot slot{};
};

}  // namespace octet::store
