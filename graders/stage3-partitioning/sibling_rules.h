#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "stage3-partitioning/api/store.h"

namespace octet::store {

/// What the answers of one store have to do with each other, as far as its applications can tell:
///
/// - a value that is read was written, by a write that has not failed;
/// - of two values that are read together, none was written by somebody who had seen the other one
///   (DQ2);
/// - when every read meets every write in a copy, a read gives all that was stored before it began,
///   but for what has been replaced by somebody who had seen it (DQ1, DQ3), and nothing that was
///   replaced by such a write.
///
/// Nothing is said of keys that have strong requests, or the same value twice.
class SiblingRules {
 public:
  /// Whether every R copies have one in common with every W copies.
  explicit SiblingRules(bool quorums_meet) : quorums_meet_(quorums_meet) {}

  void begin(std::size_t request, const Input& asked);

  /// What is wrong with this end of it; nothing in most cases.
  std::string end(std::size_t request, const Output& how);

  /// What is wrong with these values, if they are what a read gives that misses nothing: when its
  /// quorum meets all others, or when all copies have been repaired.
  std::string whole(const std::string& key, const std::vector<std::string>& values) const;

  /// How many reads have been held to all of this.
  std::size_t checked() const { return checked_; }

 private:
  using Place = std::size_t;  // of a write, in the order in which they began

  struct Write {
    std::optional<std::string> value;  // nothing: a deletion
    std::set<Place> had_seen = {};     // that were shown to who wrote it, and what those had seen
    std::vector<Place> replaced_by = {};  // by who was shown it
    bool is_stored = false;
    bool has_failed = false;
    bool was_read = false;
  };
  struct Key {
    std::vector<Write> writes;
    std::map<std::string, Place> by_value;
    std::map<std::string, std::set<Place>> shown_with;  // by context
    bool can_tell = true;
  };
  struct Request {
    std::string key;
    std::optional<Place> write = {};        // nothing: a read
    std::vector<Place> stored_before = {};  // of a read
  };

  void begin_write(const std::string& key, Request& request, std::optional<std::string> value,
                   const std::string& context);
  static std::string end_write(Write& write, const Output& how);
  std::string end_read(const Request& request, const Got& got);
  static std::string check(const Key& key, const std::set<Place>& shown,
                           const std::vector<Place>& stored);
  static bool is_explained(const Key& key, const std::set<Place>& shown, Place write);

  bool quorums_meet_;
  std::map<std::string, Key> keys_;
  std::map<std::size_t, Request> requests_;
  std::size_t checked_ = 0;
};

}  // namespace octet::store
