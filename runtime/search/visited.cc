#include "runtime/search/visited.h"

namespace octet::search {

Visited::Found Visited::insert(const Known& state) {
  const std::size_t slot = slot_of(state.fingerprint);
  if (slots_[slot] != none) return {slots_[slot], false};
  const auto number = static_cast<Id>(known_.size());
  slots_[slot] = number;
  known_.push_back(state);
  if (known_.size() * 2 > slots_.size()) grow();
  return {number, true};
}

bool Visited::contains(const Fingerprint& fingerprint) const {
  return slots_[slot_of(fingerprint)] != none;
}

std::size_t Visited::slot_of(const Fingerprint& fingerprint) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = fingerprint.first & mask;
  while (slots_[slot] != none && known_[slots_[slot]].fingerprint != fingerprint) {
    slot = (slot + 1) & mask;
  }
  return slot;
}

void Visited::grow() {
  slots_.assign(slots_.size() * 2, none);
  Id number = 0;
  for (const Known& state : known_) slots_[slot_of(state.fingerprint)] = number++;
}

}  // namespace octet::search
