#pragma once

#include <optional>
#include <string>
#include <variant>

#include "runtime/resp/commands.h"
#include "stage3-partitioning/api/store.h"

/// What Redis clients say and hear, in the terms of our store. All texts are RESP.
namespace octet::store {

/// Reads a key. The context is shown on demand.
struct Read {
  std::string key;
  bool with_context = false;
  bool operator==(const Read&) const = default;
};
/// Reads, and writes with the context that it got: takes the place of all that it has seen.
struct Overwrite {
  std::string key;
  std::optional<std::string> value;  // nothing: deletes the key
  bool operator==(const Overwrite&) const = default;
};
/// Takes the place of what this context has seen.
struct Replace {
  std::string key;
  std::string value;
  std::string context;
  bool operator==(const Replace&) const = default;
};
/// Of this connection from now on.
struct UseLevel {
  Level level{};
  bool operator==(const UseLevel&) const = default;
};
struct TellLevel {
  bool operator==(const TellLevel&) const = default;
};
using Operation = std::variant<Read, Overwrite, Replace, UseLevel, TellLevel>;

/// What a command asks for. It has at least its name.
///
///     GET key                   nil, the value, or an array of the siblings
///     GETC key                  an array: the context, and then the values
///     SET key value             takes the place of what a read before it finds
///     SET key value CONTEXT c   takes the place of what GETC has shown with it
///     DEL key                   1 when a read before it finds a value, else 0
///     LEVEL [name]              of this connection; at causal it is the session
///
/// Everything else is answered with an error, but what all our ports know (resp::usual_answer).
resp::Wanted<Operation> wanted(const resp::Request& command);

/// "eventual".
std::string_view name_of(Level level);

/// Contexts are any bytes; people see them as hexadecimal digits.
std::string hex_of(std::string_view bytes);
std::optional<std::string> bytes_of(std::string_view hex);

/// How a request has ended; an OK for what was stored.
std::string answer(const Read& read, const Got& got);
std::string failure(const Output& end);

}  // namespace octet::store
