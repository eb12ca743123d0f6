#pragma once

#include <cstdint>
#include <map>
#include <string>

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
    archive(values_, counters_);  // and all that you add
  }

 private:
  std::map<std::string, std::string> values_;
  std::map<std::string, std::int64_t> counters_;
  // Your members.
};

}  // namespace octet::leaders
