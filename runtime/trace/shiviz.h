#pragma once

#include <ostream>
#include <string_view>

#include "runtime/trace/trace.h"

/// Traces for ShiViz (Beschastnikh et al. 2016), which draws happened-before from vector clocks.
namespace octet::trace {

/// How ShiViz shall read our lines. It is the first line of the file, where ShiViz looks for it.
constexpr std::string_view shiviz_parser = R"((?<host>\S*) (?<clock>{.*})\n(?<event>.*))";

/// The parser; an empty line, since there is one execution; then two lines for each event of a
/// node or a client. What happened to neither, and losses, have no vector clock and are left out.
///
///     node2 {"node1":2,"node2":2}
///     #6 0.001500 s gets Ping{"number":1} from node 1
void write_shiviz(std::ostream& out, const Trace& trace);

}  // namespace octet::trace
