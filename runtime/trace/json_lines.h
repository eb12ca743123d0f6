#pragma once

#include <istream>
#include <ostream>
#include <stdexcept>
#include <string>

#include "runtime/trace/trace.h"

/// Traces as files: JSON lines. The first line is the head, and has the version; then comes a line
/// for each event; the last one has their number, so that a file that was cut off is noticed.
///
///     {"octet_trace":1,"title":"Ping.Lost","world":"simulator","seed":7,"nodes":[1,2],...}
///     {"n":1,"at":0,"kind":"start","node":1}
///     {"n":2,"at":0,"kind":"input","node":1,"name":"Ask","content":{"whom":2},"state":{"asked":1}}
///     {"n":3,"at":0,"kind":"send","node":1,"peer":2,"id":1,"cause":2,"name":"Ping",...}
///     {"events":3}
///
/// Fields that are empty are left out, in the head the list of clients too. `at` counts
/// nanoseconds. The same trace has the same bytes.
namespace octet::trace {

constexpr int format_version = 1;

/// What is wrong with a file, in a sentence.
struct Unreadable : std::runtime_error {
  using std::runtime_error::runtime_error;
};

void write_json_lines(std::ostream& out, const Trace& trace);

/// Throws Unreadable.
Trace read_json_lines(std::istream& in);

}  // namespace octet::trace
