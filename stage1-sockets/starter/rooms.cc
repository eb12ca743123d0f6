#include "rooms.h"

#include "runtime/check.h"

namespace octet::sockets {

Rooms::Rooms(ChatConfig config) {}

ChatEffects Rooms::said(ConnectionId who, std::string_view line) {
  YOUR_CODE_HERE;
}

ChatEffects Rooms::left(ConnectionId who) {
  YOUR_CODE_HERE;
}

}  // namespace octet::sockets
