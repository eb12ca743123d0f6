#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <variant>
#include <vector>

#include "stage4-raft/api/raft.h"

/// A key-value store that several servers keep by Raft, and its clients. Both are nodes, so what
/// they say to each other is lost, comes twice, late, and in any order; what it says is the
/// student's choice.
///
/// Operations are linearizable: each takes effect at one moment between its call and its end
/// (Herlihy and Wing 1990), and once, however often it was sent (§8; dissertation, §6.3).
namespace octet::kv {

using raft::Index;

// Keys and values are any bytes. A key has the empty value until somebody writes it.

struct Get {
  std::string key;
  bool operator==(const Get&) const = default;
};
struct Put {
  std::string key;
  std::string value;
  bool operator==(const Put&) const = default;
};
/// Adds to the end of the value.
struct Append {
  std::string key;
  std::string value;
  bool operator==(const Append&) const = default;
};
/// Writes, if the value is the expected one (compare and swap).
struct Cas {
  std::string key;
  std::string expected;
  std::string value;
  bool operator==(const Cas&) const = default;
};
using Operation = std::variant<Get, Put, Append, Cas>;

/// What a Get gives.
struct Value {
  std::string value;
  bool operator==(const Value&) const = default;
};
/// What a Put and an Append give.
struct Stored {
  bool operator==(const Stored&) const = default;
};
/// What a Cas gives.
struct Swapped {
  bool swapped = false;
  bool operator==(const Swapped&) const = default;
};
using Result = std::variant<Value, Stored, Swapped>;

struct ClientConfig {
  std::vector<NodeId> servers;
  /// Who has had no answer for so long asks again, maybe another server.
  Duration retry = std::chrono::milliseconds(200);
  /// A call has ended after so long, one way or another.
  Duration patience = std::chrono::seconds(10);
  /// An operation with more bytes, key and values together, is not even tried.
  std::size_t most_bytes = 1024 * 1024;
  bool operator==(const ClientConfig&) const = default;
};

/// The application wants something. Several calls may be under way at a time, and may take effect
/// in any order. Numbers rise from call to call, and begin anew when the client has crashed: nobody
/// hears of the calls of its former life.
struct Call {
  std::uint64_t number = 0;
  Operation operation;
};

// A call ends in one of three ways.

/// It has taken effect.
struct Done {
  std::uint64_t number = 0;
  Result result;
};
/// It has not taken effect, and never will.
struct Failed {
  std::uint64_t number = 0;
};
/// Nobody can tell: it may have taken effect, or may do so later, or never.
struct Unknown {
  std::uint64_t number = 0;
};

using ClientInput = std::variant<Call>;
using ClientOutput = std::variant<Done, Failed, Unknown>;

/// What a server holds for true. A client shows nothing that graders look at.
struct View {
  raft::View raft;
  Index applied{};                            // what follows contains all up to here
  std::map<std::string, std::string> values;  // of keys whose value is not empty
};

}  // namespace octet::kv
