#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "leader_messages.h"

namespace octet::leaders {

/// The updates that a leader has, in the order in which it took them. Whatever an update comes
/// after stands before it, so whoever takes them in this order can take them all.
class LeaderLog {
 public:
  /// Whether the update is new, and all is there that it comes after.
  bool can_take(const Update& update) const;

  /// Appends one that can be taken.
  void take(Update update);

  /// The first so many updates that somebody lacks who has no more than this.
  Updates lacking(const Known& known, std::size_t most) const;

  const Known& known() const { return known_; }

  /// How many updates of this leader are there.
  std::uint64_t count(NodeId origin) const;

  bool operator==(const LeaderLog&) const = default;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(updates_, known_);
  }

 private:
  std::vector<Update> updates_;
  Known known_;
};

}  // namespace octet::leaders
