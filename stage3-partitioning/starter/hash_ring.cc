#include "hash_ring.h"

#include "runtime/check.h"

namespace octet::placement {

HashRing::HashRing(Hash hash, std::uint32_t tokens) {
  YOUR_CODE_HERE;
}

void HashRing::add(const Member& member) {
  YOUR_CODE_HERE;
}

void HashRing::remove(NodeId id) {
  YOUR_CODE_HERE;
}

std::optional<NodeId> HashRing::owner(std::string_view key) const {
  YOUR_CODE_HERE;
}

std::vector<NodeId> HashRing::preference_list(std::string_view key, std::size_t nodes) const {
  YOUR_CODE_HERE;
}

}  // namespace octet::placement
