#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>

#include "stage3-partitioning/api/slots.h"

/// Servers that keep the slots of a map, one copy of each partition, and move them when the map
/// changes, while clients go on. The operator hands each server the maps, in any order, late, or
/// some never. A slot has at most one server that serves it, at every moment. Slots have nothing to
/// do with each other: what keeps one of them from moving keeps no other one.
///
/// Servers crash and start again with what they have persisted; messages between them are lost,
/// come twice, late, and in any order. What they say is the student's choice.
namespace octet::shards {

using slots::Epoch;
using slots::Slot;
using slots::SlotMap;

struct Config {
  SlotMap founding;  // of the first epoch: whom the slots belonged to when they were empty
  /// A server whose message had no answer for so long sends it again.
  Duration retry = std::chrono::milliseconds(100);
  bool operator==(const Config&) const = default;
};

// Operations. A key or value is any bytes. A key has a version, which begins with 0 and rises by
// one with each operation that writes it, also with one that deletes it or what is not there (RB3).

struct Get {
  std::string key;
  bool operator==(const Get&) const = default;
};
struct Put {
  std::string key;
  std::string value;
  /// From then on, by the wall clock of the server, the key has no value, as if it had never had
  /// one. Its version stays.
  std::optional<WallTime> expires = {};
  bool operator==(const Put&) const = default;
};
/// Adds to the end of the value, which expires when it did before; a key without a value gets one,
/// which does not expire.
struct Append {
  std::string key;
  std::string value;
  bool operator==(const Append&) const = default;
};
struct Delete {
  std::string key;
  bool operator==(const Delete&) const = default;
};
using Operation = std::variant<Get, Put, Append, Delete>;

/// What a Get gives.
struct Found {
  std::optional<std::string> value;
  std::uint64_t version = 0;
  bool operator==(const Found&) const = default;
};
/// What the others give.
struct Written {
  std::uint64_t version = 0;  // the key's new one
  bool operator==(const Written&) const = default;
};
using Result = std::variant<Found, Written>;

/// A client has one request under way at a time, and numbers them in rising order. It asks again
/// with the same id, here or elsewhere, when it has had no answer: the operation takes effect once
/// (RB3). When it has got Done, it does not ask for that number, or an earlier one, any more. A
/// server that has let such a request wait must not do it afterwards; nobody reads the answer.
struct RequestId {
  std::uint64_t client = 0;
  std::uint64_t number = 0;
  auto operator<=>(const RequestId&) const = default;
};

// Inputs.

/// The operator has made this map. Older ones than the server has change nothing.
struct NewMap {
  SlotMap map;
};
struct Request {
  RequestId id;
  Operation operation;
};

// Outputs: one for each request, unless the server crashes before.

/// It has taken effect, now or when it was asked first.
struct Done {
  RequestId id;
  Result result;
  bool operator==(const Done&) const = default;
};
/// This server does not serve that slot: it is another's, or its content has not come yet. This
/// asking has done nothing and will do nothing; an earlier one with the same id may have.
struct NotHere {
  RequestId id;
  SlotMap map;  // the latest that this server has
  bool operator==(const NotHere&) const = default;
};

using Input = std::variant<NewMap, Request>;
using Output = std::variant<Done, NotHere>;

/// What a server has.
struct View {
  struct Held {
    bool serves = false;     // it answers requests; otherwise it is giving the content away
    std::uint64_t keys = 0;  // for people; deleted and expired ones may count or not
  };
  Epoch epoch{};              // of the latest map
  std::map<Slot, Held> held;  // a server that has given away all that it had may be stopped
};

}  // namespace octet::shards
