#pragma once

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "graders/dsl/net/wire.h"

namespace octet::grading {

/// A connection to a chat server that speaks in lines.
class Guest {
 public:
  /// Connects, and takes the name unless it is told not to.
  Guest(ServerProcess& server, std::string name, Wire::Options options = {});
  static Guest without_name(ServerProcess& server, std::string name);

  const std::string& name() const { return name_; }
  Wire& wire() { return wire_; }
  const Wire& wire() const { return wire_; }

  /// Sends a line.
  void say(std::string_view line);

  /// The next line, without its ending.
  std::string hear();

  /// Fails unless exactly this line, or these lines, come next.
  void expect(std::string_view line);
  void expect(std::initializer_list<std::string_view> lines);

  /// Fails unless the next line is an ERROR with a reason.
  void expect_error(std::string_view about);

  /// Joins a room and waits until it is told so.
  void join(const std::string& room);

  /// Asks WHO and returns everything that comes before the answer. What the server sent to this
  /// connection because of anything that happened before is among it.
  std::vector<std::string> hear_until_now(const std::string& room, const std::string& members);

  /// Fails if anything came that was not expected, or if not exactly these are in the room.
  void expect_only(const std::string& room, const std::string& members);

 private:
  struct Nameless {};
  Guest(ServerProcess& server, std::string name, Wire::Options options, Nameless);

  std::string name_;
  Wire wire_;
};

std::vector<std::string> lines_of(std::string_view text);

}  // namespace octet::grading
