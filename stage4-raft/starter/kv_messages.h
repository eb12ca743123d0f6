#pragma once

#include <optional>

#include "stage4-raft/api/kv.h"

/// What clients and servers of the store tell each other: a proposal.
namespace octet::kv {

/// A client wants this operation done. What else must it say, so that it is done once?
struct Request {
  Operation operation;
};

/// The operation has taken effect. Which one?
struct Reply {
  Result result;
};

/// Another server leads, maybe this one.
struct Redirect {
  std::optional<NodeId> leader;
};

}  // namespace octet::kv
