#pragma once

#include <cstdint>
#include <string>
#include <variant>

#include "runtime/node.h"

/// Remote procedure calls over a network that loses messages, doubles them and brings them late, in
/// any order (Birrell and Nelson 1984). A client node takes calls from its application; a server
/// node asks its own application, the handler, to execute them. What travels between the two is the
/// student's choice.
///
/// - A handler executes each call at most once, however often its messages come.
/// - A client can crash and start again, with what it has persisted. The calls of its earlier life
///   have no more outputs; the handler may still execute them, each at most once. A server does not
///   crash.
namespace octet::rpc {

// The client.

struct ClientConfig {
  NodeId server;
  /// A request without a reply is sent again. Each pause is at least this and at most ten times so
  /// long.
  Duration retry_after = std::chrono::milliseconds(100);
  /// The client's application waits no longer for a call; up to `retry_after` more does not matter.
  Duration give_up_after = std::chrono::seconds(10);
  bool operator==(const ClientConfig&) const = default;
};

/// The application calls. It may do so while other calls are under way.
struct Call {
  std::uint64_t tag = 0;  // the application's own name of the call; after its end it may come again
  std::string body;       // any bytes; equal ones do not make it the same call
};
using ClientInput = std::variant<Call>;

/// The call was executed, and this is what the handler answered.
struct Returned {
  std::uint64_t tag = 0;
  std::string result;
};

/// It is certain that the call has not been executed, and never will be.
struct NotExecuted {
  std::uint64_t tag = 0;
};

/// No reply came until `give_up_after`. The call may have been executed, may be executed later, or
/// never.
struct Unknown {
  std::uint64_t tag = 0;
};

/// Each call of a client that does not crash has exactly one of these.
using ClientOutput = std::variant<Returned, NotExecuted, Unknown>;

// The server.

struct ServerConfig {
  bool operator==(const ServerConfig&) const = default;
};

/// The handler shall execute a call.
struct Execute {
  std::uint64_t ticket = 0;  // the server's own name of this execution; none comes twice
  std::string body;          // of the call
};
using ServerOutput = std::variant<Execute>;

/// The handler has done so. That may take long, and others may be done before it.
struct Executed {
  std::uint64_t ticket = 0;
  std::string result;
};
using ServerInput = std::variant<Executed>;

}  // namespace octet::rpc
