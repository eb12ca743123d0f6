#pragma once

#include <string>

#include "runtime/resp/commands.h"
#include "stage4-raft/api/kv.h"

/// What Redis clients say and hear, in the terms of our store. All texts are RESP.
namespace octet::kv {

/// What a command asks for. It has at least its name.
///
///     GET key                   the value; nil when it is empty, as that of a key is that nobody
///                               has written
///     SET key value             OK
///     APPEND key value          OK, and not the new length: the store does not tell it
///     CAS key expected value    1 when the value was the expected one and is the new one now, or 0
///
/// Everything else is answered with an error, but what all our ports know (resp::usual_answer).
resp::Wanted<Operation> wanted(const resp::Request& command);

/// How a call has ended.
std::string answer(const ClientOutput& end);

}  // namespace octet::kv
