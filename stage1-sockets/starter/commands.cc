#include "commands.h"

#include "runtime/check.h"

namespace octet::sockets {

RespValue execute(Keyspace& keys, std::span<const std::string_view> command,
                  Clock::time_point now) {
  YOUR_CODE_HERE;
}

bool is_quit(std::span<const std::string_view> command) {
  YOUR_CODE_HERE;
}

}  // namespace octet::sockets
