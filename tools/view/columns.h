#pragma once

#include <string>
#include <string_view>

#include "runtime/trace/trace.h"
#include "tools/view/marks.h"

/// A trace as the space-time view holds it: one JSON object with an array for each field, so that
/// 100,000 events are a few megabytes. page/data.js reads it.
///
///     kind      a letter for each event, 'a' for the first of `kinds`
///     at        nanoseconds since the event before
///     node peer as they are
///     id        0 is none; otherwise the distance to the last id: d + 1, or d when it is below 0
///     cause     how many events ago; 0 is none
///     name text index in `strings`, whose first is empty
///     content   0 is none, 1 the next of `contents`, 2 that of the message's send, k contents[k-3]
///     states    for each event with a state: how many events after the one before, how many
///               bytes it shares with the front and with the back of the node's last state, and
///               in state_texts what is between them
///     marks     of a checker, when there are any: for each effect the call, the event before it
///               and the words; the call that is unexplained, and why
namespace octet::view {

/// No string of the trace can end the <script> that this is put in: '<' is never written as it is.
std::string columns(const trace::Trace& trace, const Marks& marks = {});

/// What `after` shares with `before`, and what is new.
struct Delta {
  std::size_t front = 0;
  std::size_t back = 0;
  std::string_view middle;
};
Delta delta(std::string_view before, std::string_view after);

}  // namespace octet::view
