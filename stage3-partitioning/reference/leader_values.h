#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>

#include "leader_messages.h"

namespace octet::leaders {

/// What a set of updates comes to: the same, in whatever order they are applied. Each of them is
/// applied once.
class LeaderValues {
 public:
  void apply(const Update& update);

  /// Of the latest of these updates, by the Lamport clock of its origin.
  std::uint64_t latest() const { return latest_; }

  View view() const;

  bool operator==(const LeaderValues&) const = default;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(latest_, winners_, counters_);
  }

 private:
  /// The time comes first, so a write is after all that its leader knew; the origin makes of this
  /// an order of all writes (Lamport 1978).
  using Stamp = std::pair<std::uint64_t, NodeId>;

  /// The write of a key that has won so far.
  struct Winner {
    Stamp stamp;
    std::string value;
    bool operator==(const Winner&) const = default;
  };

  void apply(const Set& write, const Stamp& stamp);
  void apply(const Add& write, const Stamp& stamp);

  std::uint64_t latest_ = 0;
  std::map<std::string, Winner> winners_;
  std::map<std::string, std::int64_t> counters_;
};

}  // namespace octet::leaders
