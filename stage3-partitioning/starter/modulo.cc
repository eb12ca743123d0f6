#include "modulo.h"

#include "runtime/check.h"

namespace octet::placement {

ModuloPlacement::ModuloPlacement(Hash hash) {
  YOUR_CODE_HERE;
}

void ModuloPlacement::add(const Member& member) {
  YOUR_CODE_HERE;
}

void ModuloPlacement::remove(NodeId id) {
  YOUR_CODE_HERE;
}

std::optional<NodeId> ModuloPlacement::owner(std::string_view key) const {
  YOUR_CODE_HERE;
}

std::vector<NodeId> ModuloPlacement::preference_list(std::string_view key,
                                                     std::size_t nodes) const {
  YOUR_CODE_HERE;
}

}  // namespace octet::placement
