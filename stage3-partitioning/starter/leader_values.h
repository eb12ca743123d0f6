#pragma once

#include "leader_messages.h"

namespace octet::leaders {

/// What a set of updates comes to: the same, in whatever order they are applied.
class LeaderValues {
 public:
  void apply(const Update& update);

  View view() const;

  bool operator==(const LeaderValues&) const = default;
  template <class Archive>
  void serialize(Archive& archive) {
    archive();  // and all that you add
  }

 private:
  // Your members.
};

}  // namespace octet::leaders
