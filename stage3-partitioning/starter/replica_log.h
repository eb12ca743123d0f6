#pragma once

#include <span>
#include <vector>

#include "stage3-partitioning/api/followers.h"

namespace octet::followers {

/// The log of one replica. Before its first entry, at index 0, there is epoch 0.
class ReplicaLog {
 public:
  Index last() const { return Index{entries_.size()}; }

  /// Of an entry that is there, and of index 0.
  Epoch epoch_at(Index index) const;

  // What else replication and fail-overs ask of a log: whether it has some place, which of two
  // logs is better, ...

  std::span<const Entry> all() const { return entries_; }

  bool operator==(const ReplicaLog&) const = default;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(entries_);
  }

 private:
  std::vector<Entry> entries_;
};

}  // namespace octet::followers
