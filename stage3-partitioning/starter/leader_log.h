#pragma once

#include <vector>

#include "leader_messages.h"

namespace octet::leaders {

/// The updates that a leader has.
class LeaderLog {
 public:
  /// Keeps the update, if it is new and its time has come. Whether it did.
  bool take(const Update& update);

  // What else is asked of it: how much of each leader is there, what a neighbour lacks, ...

  bool operator==(const LeaderLog&) const = default;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(updates_);  // and all that you add
  }

 private:
  std::vector<Update> updates_;
  // Your members.
};

}  // namespace octet::leaders
