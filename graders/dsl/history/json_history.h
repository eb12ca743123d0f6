#pragma once

#include <string_view>

#include "graders/dsl/history/history.h"
#include "runtime/trace/trace.h"

/// Histories as our traces have them (runtime/trace/history.h), with these operations:
///
///     of         op       arguments                     result when "ok"
///     a key      Get      {"key":"x"}                   {"value":"ab"}; null when there is none
///                Put      {"key":"x","value":"a"}
///                Append   {"key":"x","value":"b"}
///                Cas      {"key":"x","expected":"a",    {"swapped":true}
///                          "value":"b"}
///     register   Read     {}                            {"value":7}; null before all writes
///                Write    {"value":7}
///     queue      Enqueue  {"value":"a"}
///                Dequeue  {}                            {"value":"a"}; null when it was empty
///     lock       Acquire  {}                            {"acquired":false} when somebody has it
///                Release  {}
///
/// "key" names the object; without it there is one object, whose name is empty. Other arguments and
/// results are ignored. A value that is no string stands for its JSON text, so 7 is "7".
///
/// - What has failed is left out. What is unknown, or has no return, may take effect at any time
///   after its call, or never.
/// - The numbers in "events" are the order, when all have them; otherwise it is time, and what
///   happens at one time overlaps.
/// - A client has one operation at a time; one without a return does not hold it up.
namespace octet::grading {

/// Throws Unreadable.
History read_json_history(std::string_view text);

/// Of the clients of a run. Places are its events.
History history_of(const trace::Trace& trace);

}  // namespace octet::grading
