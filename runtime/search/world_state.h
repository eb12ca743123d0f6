#pragma once

#include <deque>
#include <span>
#include <vector>

#include "runtime/search/fingerprint.h"
#include "runtime/search/interner.h"

namespace octet::search {

/// What may still go wrong.
struct Budgets {
  std::uint8_t crashes = 0;
  std::uint8_t losses = 0;
  std::uint8_t duplicates = 0;
};

/// A state of the world in a few words: a host for each node, what may still go wrong, and the
/// messages in flight. It keeps its fingerprint while it changes.
class WorldState {
 public:
  WorldState() = default;
  WorldState(std::vector<Id> hosts, Budgets budgets);

  Id host(Id place) const { return hosts_[place]; }
  std::span<const Id> hosts() const { return hosts_; }
  std::span<const Id> messages() const { return messages_; }  // sorted
  const Budgets& budgets() const { return budgets_; }
  const Fingerprint& fingerprint() const { return fingerprint_; }

  void set_host(Id place, Id host);
  void set_budgets(Budgets budgets);

  /// Does nothing when `max_copies` of it are in flight.
  void add_message(Id message, std::size_t max_copies);
  void remove_message(Id message);

 private:
  std::vector<Id> hosts_;
  std::vector<Id> messages_;
  Budgets budgets_;
  Fingerprint fingerprint_;
};

/// States that wait for their turn, first in, first out, packed.
class Frontier {
 public:
  /// `number` is who the state is in Visited.
  void push(Id number, const WorldState& state);
  Id pop(WorldState& into);
  bool empty() const { return words_.empty(); }

 private:
  Id pop_word();

  std::deque<Id> words_;  // gives its memory back as it is read
};

}  // namespace octet::search
