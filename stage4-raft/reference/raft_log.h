#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "stage4-raft/api/raft.h"

namespace octet::raft {

/// The log of one server. Its first entry has index 1; before that, index 0 has term 0.
class RaftLog {
 public:
  Index last_index() const { return Index{entries_.size()}; }
  Term last_term() const { return term_at(last_index()); }

  /// Of an entry that is there.
  Term term_at(Index index) const;

  /// Whether it has an entry of that term there, so that all before is the same, too (§5.3).
  bool matches(Index index, Term term) const;

  /// Whether a log that ends so is at least as up to date as this one (§5.4.1).
  bool is_behind_or_equal(Index last_index, Term last_term) const;

  /// The place from which the leader should try, when it has another entry at this one: where the
  /// term of our entry begins, or behind our end.
  Index retry_from(Index mismatch) const;

  /// From this index on, the log is these entries. There is no gap before them.
  void replace(Index from, std::span<const Entry> entries);

  /// How many of the entries, which begin at that index, are there already.
  std::size_t known(Index from, std::span<const Entry> entries) const;

  /// The entries from there on; as many as fit, and at least one if there is one.
  std::vector<Entry> read(Index from, std::size_t most_bytes) const;

  std::span<const Entry> all() const { return entries_; }
  const Entry& operator[](Index index) const;

  bool operator==(const RaftLog&) const = default;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(entries_);
  }

 private:
  std::vector<Entry> entries_;
};

}  // namespace octet::raft
