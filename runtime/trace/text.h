#pragma once

#include <ostream>
#include <string>
#include <string_view>

#include "runtime/trace/trace.h"

/// Traces in words, for terminals and screen readers.
namespace octet::trace {

/// What an event of this kind means, with holes: "gets {name} from node {peer}". The holes are
/// {name}, {peer}, {text} and {outcome}; `name` stands for the name with its content, `outcome` for
/// "ok: " and what a client got. The space-time view fills in the same sentences.
std::string_view words_of(Event::Kind kind);

/// "gets Ping{"number":1} from node 2".
std::string in_words(const Event& event);

/// "node 3", "client 1", or "network" for what happened to no node.
std::string place_of(const Event& event);

/// "0.001500 s".
std::string time_text(Duration at);

/// What was violated, the plan and the replay command; then a line for each event.
void write_text(std::ostream& out, const Trace& trace);

/// What write_text() begins with.
void write_head(std::ostream& out, const Trace& trace);

/// The line of an event: its number, from 1, a star when it is a witness, time, node, what
/// happened, and the number of the event that caused it. A result also says how long it took.
void write_line(std::ostream& out, const Trace& trace, std::uint64_t number);

}  // namespace octet::trace
