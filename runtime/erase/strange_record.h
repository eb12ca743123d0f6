#pragma once

#include <span>
#include <string>

#include "runtime/erase/any_node.h"

namespace octet {

/// Why AnyNode::start() refused these records: "record 2 of 3 on its disk is none of its
/// protocol's".
std::string strange_record(const AnyNode& node, std::span<const Bytes> records);

}  // namespace octet
