#pragma once

#include <memory>

#include "runtime/erase/any_node.h"

namespace octet::grading {

/// The same node for the search, except that no two of its lives draw the same large number.
///
/// A client may take a number of 64 bits from ctx.choose() for its identity: twice the same one is
/// a matter of never. The search tries every value, so it would find that at once, and would have
/// very many values to try. Draws from few options stay as they are. To know how many lives the
/// node has had, this one writes a record of its own at each start.
std::unique_ptr<AnyNode> with_distinct_draws(std::unique_ptr<AnyNode> node);

}  // namespace octet::grading
