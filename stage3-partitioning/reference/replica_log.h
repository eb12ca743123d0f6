#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "stage3-partitioning/api/followers.h"

namespace octet::followers {

/// The log of one replica. Before its first entry, at index 0, there is epoch 0.
class ReplicaLog {
 public:
  Index last() const { return Index{entries_.size()}; }
  Token end() const { return place(last()); }

  /// Of an entry that is there.
  Epoch epoch_at(Index index) const;
  Token place(Index index) const { return {epoch_at(index), index}; }

  /// Whether it has this place: then it is equal to all logs that have it, up to there.
  bool has(Token place) const;

  /// The place from which a leader should try when this one is not here: where the epoch of our own
  /// entry begins, or behind our end.
  Index retry_from(Index mismatch) const;

  /// From this index on, the log is these entries. There is no gap before them.
  void replace(Index from, std::span<const Entry> entries);

  /// How many of the entries, which begin at that index, are there already.
  std::size_t known(Index from, std::span<const Entry> entries) const;

  /// So many entries from there on, or as many as there are.
  std::vector<Entry> read(Index from, std::size_t most) const;

  std::span<const Entry> all() const { return entries_; }
  const Entry& operator[](Index index) const;

  bool operator==(const ReplicaLog&) const = default;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(entries_);
  }

 private:
  std::vector<Entry> entries_;
};

}  // namespace octet::followers
