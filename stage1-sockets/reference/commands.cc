#include "commands.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <concepts>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "runtime/check.h"

namespace octet::sockets {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr std::size_t max_string = 512 << 20;  // bytes that APPEND makes of a value
constexpr std::size_t max_reply = 512 << 20;   // bytes of values that MGET puts in one reply

/// A command on its way through a function of the menu.
struct Call {
  Keyspace& keys;
  std::span<const std::string_view> args;  // without the command's name
  Clock::time_point now;
};

const RespValue ok = RespValue::make_simple("OK");
const RespValue syntax_error = RespValue::make_error("ERR syntax error");
const RespValue not_an_integer =
    RespValue::make_error("ERR value is not an integer or out of range");
const RespValue invalid_expiry = RespValue::make_error("ERR invalid expire time");

RespValue wrong_number_of_arguments(std::string_view name) {
  return RespValue::make_error("ERR wrong number of arguments for '" + std::string(name) +
                               "' command");
}

RespValue integer(std::integral auto number) {
  return RespValue::make_integer(static_cast<std::int64_t>(number));
}

bool equal_ignoring_case(std::string_view text, std::string_view upper) {
  return std::ranges::equal(text, upper, {}, [](char letter) {
    return 'a' <= letter && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
  });
}

/// The number only if the text is how one writes it: no spaces, no plus, no leading zeros.
std::optional<std::int64_t> parse_integer(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || std::to_string(number) != text) return std::nullopt;
  return number;
}

/// The time that lies `count` units after `now`, or nothing when no clock will ever show it.
template <class Unit>
std::optional<Clock::time_point> later(Clock::time_point now, std::int64_t count) {
  const auto room = Clock::time_point::max() - std::max(now, Clock::time_point());
  const auto most = std::chrono::duration_cast<Unit>(room).count();
  if (count >= most || count <= -most) return std::nullopt;
  return now + Unit(count);
}

// Talking.

RespValue ping(const Call& call) {
  if (call.args.empty()) return RespValue::make_simple("PONG");
  return RespValue::make_bulk(std::string(call.args[0]));
}

RespValue echo(const Call& call) {
  return RespValue::make_bulk(std::string(call.args[0]));
}

/// Clients ask for descriptions of commands when they connect, and do without.
RespValue describe(const Call&) {
  return RespValue::make_array({});
}

RespValue quit(const Call&) {
  return ok;
}

// Strings.

RespValue get(const Call& call) {
  const std::string* value = call.keys.find(call.args[0], call.now);
  return value ? RespValue::make_bulk(*value) : RespValue::make_null_bulk();
}

struct SetOptions {
  Clock::time_point expiry = Keyspace::never;
  bool only_new = false;
  bool only_old = false;
};

/// What stands behind SET key value; or the error reply.
std::variant<SetOptions, RespValue> parse_set_options(const Call& call) {
  SetOptions options;
  for (auto rest = call.args.subspan(2); !rest.empty(); rest = rest.subspan(1)) {
    const bool in_seconds = equal_ignoring_case(rest[0], "EX");
    if (equal_ignoring_case(rest[0], "NX")) {
      options.only_new = true;
    } else if (equal_ignoring_case(rest[0], "XX")) {
      options.only_old = true;
    } else if (in_seconds || equal_ignoring_case(rest[0], "PX")) {
      if (rest.size() < 2 || options.expiry != Keyspace::never) return syntax_error;
      const auto count = parse_integer(rest[1]);
      if (!count) return not_an_integer;
      const auto expiry =
          in_seconds ? later<seconds>(call.now, *count) : later<milliseconds>(call.now, *count);
      if (!expiry || *count <= 0) return invalid_expiry;
      options.expiry = *expiry;
      rest = rest.subspan(1);
    } else {
      return syntax_error;
    }
  }
  if (options.only_new && options.only_old) return syntax_error;
  return options;
}

RespValue set(const Call& call) {
  const auto parsed = parse_set_options(call);
  if (const auto* error = std::get_if<RespValue>(&parsed)) return *error;
  const auto& options = std::get<SetOptions>(parsed);
  if (options.only_new || options.only_old) {
    const bool exists = call.keys.find(call.args[0], call.now) != nullptr;
    if (exists != options.only_old) return RespValue::make_null_bulk();
  }
  call.keys.set(call.args[0], call.args[1], options.expiry, call.now);
  return ok;
}

RespValue append(const Call& call) {
  std::string* value = call.keys.find(call.args[0], call.now);
  const std::string_view text = call.args[1];
  if (!value) {
    call.keys.set(call.args[0], text, Keyspace::never, call.now);
    return integer(text.size());
  }
  if (value->size() + text.size() > max_string) {
    return RespValue::make_error("ERR string exceeds maximum allowed size");
  }
  value->append(text);
  return integer(value->size());
}

RespValue mget(const Call& call) {
  std::vector<RespValue> values;
  std::size_t bytes = 0;
  for (const std::string_view key : call.args) {
    const std::string* value = call.keys.find(key, call.now);
    bytes += value ? value->size() : 0;
    if (bytes > max_reply) return RespValue::make_error("ERR reply exceeds maximum allowed size");
    values.push_back(value ? RespValue::make_bulk(*value) : RespValue::make_null_bulk());
  }
  return RespValue::make_array(std::move(values));
}

RespValue mset(const Call& call) {
  if (call.args.size() % 2 != 0) return wrong_number_of_arguments("MSET");
  for (std::size_t i = 0; i < call.args.size(); i += 2) {
    call.keys.set(call.args[i], call.args[i + 1], Keyspace::never, call.now);
  }
  return ok;
}

// Numbers.

RespValue add(const Call& call, std::int64_t increment) {
  std::string* value = call.keys.find(call.args[0], call.now);
  std::int64_t sum = 0;
  if (value) {
    const auto old = parse_integer(*value);
    if (!old) return not_an_integer;
    sum = *old;
  }
  if (__builtin_add_overflow(sum, increment, &sum)) {
    return RespValue::make_error("ERR increment or decrement would overflow");
  }
  if (value) {
    *value = std::to_string(sum);
  } else {
    call.keys.set(call.args[0], std::to_string(sum), Keyspace::never, call.now);
  }
  return RespValue::make_integer(sum);
}

RespValue incr(const Call& call) {
  return add(call, 1);
}

RespValue decr(const Call& call) {
  return add(call, -1);
}

RespValue incrby(const Call& call) {
  const auto increment = parse_integer(call.args[1]);
  return increment ? add(call, *increment) : not_an_integer;
}

// Keys.

RespValue del(const Call& call) {
  return integer(std::ranges::count_if(
      call.args, [&](std::string_view key) { return call.keys.erase(key, call.now); }));
}

RespValue exists(const Call& call) {
  return integer(std::ranges::count_if(
      call.args, [&](std::string_view key) { return call.keys.find(key, call.now) != nullptr; }));
}

RespValue dbsize(const Call& call) {
  return integer(call.keys.size(call.now));
}

RespValue flushall(const Call& call) {
  call.keys.clear();
  return ok;
}

// Expiry.

template <class Unit>
RespValue expire(const Call& call) {
  const auto count = parse_integer(call.args[1]);
  if (!count) return not_an_integer;
  const auto expiry = later<Unit>(call.now, *count);
  if (!expiry) return invalid_expiry;
  return integer(call.keys.expire(call.args[0], *expiry, call.now));
}

/// Rounds to the nearest unit, and halves up, as Redis does: right after EXPIRE k 10, TTL k is 10.
template <class Unit>
RespValue time_left(const Call& call) {
  if (!call.keys.find(call.args[0], call.now)) return integer(-2);
  const auto expiry = call.keys.expiry(call.args[0], call.now);
  if (expiry == Keyspace::never) return integer(-1);
  const Clock::duration unit = Unit(1);
  return integer((expiry - call.now + unit / 2) / unit);
}

// The menu.

struct Command {
  std::string_view name;
  std::size_t fewest;  // arguments, without the name
  std::size_t most;
  RespValue (*run)(const Call&);
};

constexpr std::size_t any = std::numeric_limits<std::size_t>::max();

// Clients send GET and SET most often, so they are found first.
constexpr Command menu[] = {
    {"GET", 1, 1, get},
    {"SET", 2, any, set},
    {"PING", 0, 1, ping},
    {"ECHO", 1, 1, echo},
    {"APPEND", 2, 2, append},
    {"MGET", 1, any, mget},
    {"MSET", 2, any, mset},
    {"INCR", 1, 1, incr},
    {"DECR", 1, 1, decr},
    {"INCRBY", 2, 2, incrby},
    {"DEL", 1, any, del},
    {"EXISTS", 1, any, exists},
    {"DBSIZE", 0, 0, dbsize},
    {"FLUSHALL", 0, 0, flushall},
    {"EXPIRE", 2, 2, expire<seconds>},
    {"PEXPIRE", 2, 2, expire<milliseconds>},
    {"TTL", 1, 1, time_left<seconds>},
    {"PTTL", 1, 1, time_left<milliseconds>},
    {"COMMAND", 0, any, describe},
    {"QUIT", 0, any, quit},
};

}  // namespace

RespValue execute(Keyspace& keys, std::span<const std::string_view> command,
                  Clock::time_point now) {
  OCTET_CHECK(!command.empty(), "a command starts with its name");
  const auto args = command.subspan(1);
  const auto found = std::ranges::find_if(
      menu, [&](const Command& entry) { return equal_ignoring_case(command[0], entry.name); });
  if (found == std::end(menu)) {
    return RespValue::make_error("ERR unknown command '" + std::string(command[0].substr(0, 64)) +
                                 "'");
  }
  if (args.size() < found->fewest || args.size() > found->most) {
    return wrong_number_of_arguments(found->name);
  }
  return found->run({keys, args, now});
}

bool is_quit(std::span<const std::string_view> command) {
  return !command.empty() && equal_ignoring_case(command[0], "QUIT");
}

}  // namespace octet::sockets
