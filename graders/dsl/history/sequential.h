#pragma once

#include <string>
#include <vector>

#include "graders/dsl/history/operation.h"

/// What objects are and do, in the plainest way: the definition that histories are held to. It
/// tells people what went on; the search has models of its own, which are quick.
namespace octet::grading {

/// What an object holds: the value of a key or a register, the values of a queue from its first,
/// the client that has a lock.
using Contents = std::vector<std::string>;

Contents contents_at_first(Model model);

/// Why the operation cannot take effect now with what it got; empty when it can. One of which
/// nothing is known got what it gets.
std::string why_not(const Operation& operation, const Contents& contents);

/// Changes the contents as the operation does, if it can take effect.
void take_effect(const Operation& operation, Contents& contents);

/// "enqueue".
std::string_view name_of(Operation::Kind kind);

/// The operation as a call: put "a", cas "a" to "b", dequeue.
std::string call_text(const Operation& operation);

/// What came of it: returned "a", got nothing, has no known end.
std::string outcome_text(const Operation& operation);

/// the value is "a", the queue is "a", "b", the lock is free.
std::string contents_text(Model model, const Contents& contents);

}  // namespace octet::grading
