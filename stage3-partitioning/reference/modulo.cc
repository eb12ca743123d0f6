#include "modulo.h"

#include <algorithm>

namespace octet::placement {

ModuloPlacement::ModuloPlacement(Hash hash) : hash_(hash) {}

void ModuloPlacement::add(const Member& member) {
  remove(member.id);
  members_.insert(std::ranges::lower_bound(members_, member.id), member.id);
}

void ModuloPlacement::remove(NodeId id) {
  std::erase(members_, id);
}

std::optional<NodeId> ModuloPlacement::owner(std::string_view key) const {
  if (members_.empty()) return std::nullopt;
  return members_[place_of(key)];
}

/// The owner and those behind it, around the end.
std::vector<NodeId> ModuloPlacement::preference_list(std::string_view key,
                                                     std::size_t nodes) const {
  if (members_.empty()) return {};
  std::vector<NodeId> list = members_;
  std::ranges::rotate(list, list.begin() + static_cast<std::ptrdiff_t>(place_of(key)));
  list.resize(std::min(nodes, list.size()));
  return list;
}

std::size_t ModuloPlacement::place_of(std::string_view key) const {
  return hash_(key) % members_.size();
}

}  // namespace octet::placement
