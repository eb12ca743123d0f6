#pragma once

#include <string>
#include <variant>
#include <vector>

#include "stage4-raft/api/kv.h"

/// What Redis clients say and hear, in the terms of our store. All texts are RESP.
namespace octet::kv::resp {

/// What a command asks for: an operation of the store, or an answer that needs none.
using Wanted = std::variant<Operation, std::string>;

/// `command` is its name and what belongs to it, and has at least the name.
///
///     GET key                   the value; nil when it is empty, as that of a key is that nobody
///                               has written
///     SET key value             OK
///     APPEND key value          OK, and not the new length: the store does not tell it
///     CAS key expected value    1 when the value was the expected one and is the new one now, or 0
///     PING [text]               and what redis-cli and redis-benchmark ask: COMMAND, HELLO, CONFIG
///
/// Everything else is answered with an error.
Wanted wanted(const std::vector<std::string>& command);

/// How a call has ended.
std::string answer(const ClientOutput& end);

/// An error; the first word of the text says which.
std::string error_answer(const std::string& text);

}  // namespace octet::kv::resp
