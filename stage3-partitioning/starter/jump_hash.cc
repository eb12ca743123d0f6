#include "jump_hash.h"

#include "runtime/check.h"

namespace octet::placement {

std::uint32_t jump_bucket(std::uint64_t hash, std::uint32_t buckets) {
  YOUR_CODE_HERE;
}

JumpPlacement::JumpPlacement(Hash hash) {
  YOUR_CODE_HERE;
}

void JumpPlacement::add(NodeId id) {
  YOUR_CODE_HERE;
}

bool JumpPlacement::remove(NodeId id) {
  YOUR_CODE_HERE;
}

std::optional<NodeId> JumpPlacement::owner(std::string_view key) const {
  YOUR_CODE_HERE;
}

}  // namespace octet::placement
