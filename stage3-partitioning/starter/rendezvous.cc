#include "rendezvous.h"

#include "runtime/check.h"

namespace octet::placement {

Rendezvous::Rendezvous(Hash hash) {
  YOUR_CODE_HERE;
}

void Rendezvous::add(const Member& member) {
  YOUR_CODE_HERE;
}

void Rendezvous::remove(NodeId id) {
  YOUR_CODE_HERE;
}

std::optional<NodeId> Rendezvous::owner(std::string_view key) const {
  YOUR_CODE_HERE;
}

std::vector<NodeId> Rendezvous::preference_list(std::string_view key, std::size_t nodes) const {
  YOUR_CODE_HERE;
}

}  // namespace octet::placement
