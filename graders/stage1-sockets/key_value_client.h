#pragma once

#include <utility>

#include "graders/dsl/net/server_process.h"
#include "graders/dsl/net/wire.h"
#include "graders/stage1-sockets/resp_text.h"

namespace octet::grading {

/// A test's connection to a solution's key-value server.
class KeyValueClient {
 public:
  explicit KeyValueClient(ServerProcess& server, Wire::Options options = {})
      : wire_(server, std::move(options)) {}

  Wire& wire() { return wire_; }

  void send(const Words& command) { wire_.send(wire_form(command)); }

  /// Exactly this reply comes next.
  void receive(const RespValue& reply) { wire_.expect(wire_form(reply)); }

  /// An error reply comes next: one line that starts with -ERR.
  void receive_error();

  /// Sends the command, and its reply comes next.
  void expect(const Words& command, const RespValue& reply);

 private:
  Wire wire_;
};

}  // namespace octet::grading
