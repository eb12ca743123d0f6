#pragma once

#include <map>
#include <optional>
#include <string>

#include "kv_messages.h"

namespace octet::kv {

/// The state machine that the log leads to. What it holds depends on the requests and their order
/// alone, so all servers come to the same.
class Store {
 public:
  /// What the request gives. One that comes twice takes effect once.
  std::optional<Result> apply(const Request& request);

  const std::map<std::string, std::string>& values() const { return values_; }

  bool operator==(const Store&) const = default;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(values_);  // and all that you add
  }

 private:
  std::map<std::string, std::string> values_;
  // Your members.
};

}  // namespace octet::kv
