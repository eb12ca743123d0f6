#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "kv_messages.h"

namespace octet::kv {

/// The state machine: keys with their values, and for each client what its calls got, so that a
/// call that comes twice in the log takes effect once (dissertation, §6.3). What it holds depends
/// on the requests and their order alone, so all servers come to the same.
class Store {
 public:
  /// What the call has got, now or before. Nothing for calls that have ended for their client:
  /// nobody waits for them, and they do not take effect any more.
  std::optional<Result> apply(const Request& request);

  /// What the call has got already.
  std::optional<Result> answer_to(const CallId& id) const;

  Value get(const std::string& key) const;

  const std::map<std::string, std::string>& values() const { return values_; }

  bool operator==(const Store&) const = default;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(values_, sessions_);
  }

 private:
  /// What is remembered of a client: the answers that it may still ask for.
  struct Session {
    std::uint64_t life = 0;
    std::uint64_t first_open = 0;
    std::map<std::uint64_t, Result> answers = {};
    bool operator==(const Session&) const = default;
  };

  Result execute(const Operation& operation);

  std::map<std::string, std::string> values_;
  std::map<NodeId, Session> sessions_;
};

}  // namespace octet::kv
