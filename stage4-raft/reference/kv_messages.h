#pragma once

#include <optional>

#include "stage4-raft/api/kv.h"

/// What clients and servers of the store tell each other.
namespace octet::kv {

/// Which call of whom. A client begins a new life when it has crashed, and counts its calls anew.
struct CallId {
  NodeId client;
  std::uint64_t life = 0;
  std::uint64_t sequence = 0;
  bool operator==(const CallId&) const = default;
};

/// A client wants this operation done, once. The log holds these.
struct Request {
  CallId id;
  std::uint64_t first_open = 0;  // the calls before this one have ended; their answers can go
  Operation operation;
};

/// The operation has taken effect.
struct Reply {
  CallId id;
  Result result;
};

/// Another server leads, maybe this one.
struct Redirect {
  CallId id;
  std::optional<NodeId> leader;
};

}  // namespace octet::kv
