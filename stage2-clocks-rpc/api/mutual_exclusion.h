#pragma once

#include <variant>
#include <vector>

#include "runtime/node.h"

/// A lock without a server (Lamport 1978): the members agree by messages who may use the resource.
/// Messages between members come after any delay, in any order, perhaps more than once. None is
/// lost, and no member crashes.
namespace octet::mutual_exclusion {

/// The same for every member.
struct Config {
  std::vector<NodeId> members;  // all of them, this one too
  bool operator==(const Config&) const = default;
};

/// The application wants to enter. It does not ask again before it has released.
struct Request {
  bool operator==(const Request&) const = default;
};

/// The application is inside from now on, until it releases.
struct Entered {
  bool operator==(const Entered&) const = default;
};

/// The application, which is inside, has left.
struct Release {
  bool operator==(const Release&) const = default;
};

using Input = std::variant<Request, Release>;
using Output = std::variant<Entered>;

}  // namespace octet::mutual_exclusion
