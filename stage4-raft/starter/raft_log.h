#pragma once

#include <span>
#include <vector>

#include "stage4-raft/api/raft.h"

namespace octet::raft {

/// The log of one server. Its first entry has index 1; before that, index 0 has term 0.
class RaftLog {
 public:
  Index last_index() const { return Index{entries_.size()}; }
  Term last_term() const { return term_at(last_index()); }

  /// Of an entry that is there, and of index 0.
  Term term_at(Index index) const;

  // What else elections and replication ask of a log: whether it matches at some place (§5.3),
  // which of two logs is more up to date (§5.4.1), ...

  std::span<const Entry> all() const { return entries_; }

  bool operator==(const RaftLog&) const = default;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(entries_);
  }

 private:
  std::vector<Entry> entries_;
};

}  // namespace octet::raft
