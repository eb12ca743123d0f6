#pragma once

#include <span>
#include <string_view>

#include "keyspace.h"
#include "runtime/clock.h"
#include "stage1-sockets/api/resp.h"

namespace octet::sockets {

/// Carries out one command, such as {"SET", "k", "v", "EX", "10"}, and returns its reply, with
/// Redis' types and meanings. Whatever is wrong with a command is an error reply, and changes
/// nothing. Command names and options may be written in any case.
///
///     PING [text]   ECHO text   COMMAND [...]   QUIT
///     GET key   SET key value [EX seconds | PX milliseconds] [NX | XX]   APPEND key text
///     MGET key...   MSET key value [key value]...
///     INCR key   DECR key   INCRBY key number
///     DEL key...   EXISTS key...   DBSIZE   FLUSHALL
///     EXPIRE key seconds   PEXPIRE key milliseconds   TTL key   PTTL key
RespValue execute(Keyspace& keys, std::span<const std::string_view> command, Clock::time_point now);

/// True for the command after which its connection ends.
bool is_quit(std::span<const std::string_view> command);

}  // namespace octet::sockets
