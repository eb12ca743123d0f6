#pragma once

#include <map>
#include <optional>
#include <string>

#include "stage3-partitioning/api/followers.h"

namespace octet::followers {

/// What the writes of a log come to, each applied once and in order (LF3). With durable_on 1 the
/// log may lose entries that are applied here; then this has to go back as well.
class ReplicaValues {
 public:
  /// The entry is the one behind all that are applied.
  void apply(const Entry& entry);

  Index applied() const { return applied_; }
  std::optional<std::string> get(const std::string& key) const;
  const std::map<std::string, std::string>& all() const { return values_; }

  bool operator==(const ReplicaValues&) const = default;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(applied_, values_);
  }

 private:
  Index applied_{};
  std::map<std::string, std::string> values_;
};

}  // namespace octet::followers
