#include "graders/stage1-sockets/key_value_client.h"

#include <string>

#include "graders/dsl/graded_test.h"

namespace octet::grading {

void KeyValueClient::receive_error() {
  const std::string line = wire_.receive_until("\r\n");
  if (!line.starts_with("-ERR")) {
    fail("expected an error reply, a line that starts with -ERR\n     got " + escaped(line));
  }
}

void KeyValueClient::expect(const Words& command, const RespValue& reply) {
  send(command);
  receive(reply);
}

}  // namespace octet::grading
