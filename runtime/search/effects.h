#pragma once

#include <span>
#include <vector>

#include "runtime/erase/any_node.h"
#include "runtime/search/catalogue.h"

namespace octet::search {

/// Performs effects on the host that asked for them, in order, and appends what leaves it to
/// `sent`. A message to a node that is not of this world goes nowhere.
void perform(std::span<const AnyEffect> effects, Host& host, std::vector<Id>& sent,
             Catalogue& catalogue);

}  // namespace octet::search
