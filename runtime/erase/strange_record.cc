#include "runtime/erase/strange_record.h"

#include <algorithm>

namespace octet {
namespace {

bool is_strange(const AnyNode& node, const Bytes& record) {
  try {
    node.show(List::record, record);
    return false;
  } catch (const Undecodable&) {
    return true;
  }
}

}  // namespace

std::string strange_record(const AnyNode& node, std::span<const Bytes> records) {
  const auto first =
      std::ranges::find_if(records, [&](const Bytes& record) { return is_strange(node, record); });
  return "record " + std::to_string(first - records.begin() + 1) + " of " +
         std::to_string(records.size()) + " on its disk is none of its protocol's";
}

}  // namespace octet
