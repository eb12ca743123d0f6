#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "stage1-sockets/api/chat.h"

namespace octet::sockets {

/// Names a connection. Never used again for another one.
using ConnectionId = std::uint64_t;

/// A line, with its ending, and who is to get it.
struct Outgoing {
  std::string line;
  std::vector<ConnectionId> to;
  bool operator==(const Outgoing&) const = default;
};

/// What follows from something that happened. Whoever called carries it out, in order.
struct ChatEffects {
  std::vector<Outgoing> outgoing;
  bool close = false;  // the connection that spoke, once its lines are written
};

/// Who is called what, who is in which room, and who hears what. Pure: it knows no sockets.
class Rooms {
 public:
  explicit Rooms(ChatConfig config);

  /// Connection `who` has said this line (without its ending).
  ChatEffects said(ConnectionId who, std::string_view line);

  /// Connection `who` has ended, or is about to. Does nothing when it is known already.
  ChatEffects left(ConnectionId who);

 private:
  // Your members.
};

}  // namespace octet::sockets
