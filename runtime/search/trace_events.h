#pragma once

#include "runtime/erase/any_node.h"
#include "runtime/search/step.h"
#include "runtime/trace/event.h"

namespace octet::search {

/// Events of a trace, as the simulator writes them, but for their time, cause and message id.
/// `node` is of the class that the bytes are for; null when none can be made.

/// What a step begins with: a handler, a crash or a loss.
trace::Event event_of(const Step& step, const AnyNode* node);

/// What a handler of node `id` did.
trace::Event event_of(const AnyEffect& effect, NodeId id, const AnyNode* node);

}  // namespace octet::search
