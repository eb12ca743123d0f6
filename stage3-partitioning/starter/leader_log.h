#pragma once

#include <vector>

#include "leader_messages.h"

namespace octet::leaders {

/// The updates that a leader has.
class LeaderLog {
 public:
  // What is asked of it: whether an update is new, whether it may be shown yet, what a neighbour
  // lacks, ...

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
