#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "runtime/search/interner.h"

namespace octet::search {

/// A node with everything around it that is its own: the state, what is set, what is on its disk,
/// what it told. A step changes one host and nothing of the others but their mail.
struct Host {
  enum class Status : std::uint8_t { unstarted, up, down };

  bool is_up() const { return status == Status::up; }

  /// The state, the timers and what the application was about to answer are gone.
  void crash();

  void set_timer(Id timer);
  void cancel_timer(Id timer);
  void add_answer(Id input);
  void take_answer(Id input);  // one of those that are equal

  std::string key() const;

  Id place = 0;  // in Model::nodes
  Status status = Status::unstarted;
  Id state = none;         // of NodeStates, while it is up
  Id inputs_given = 0;     // of those that the model has for this node
  std::vector<Id> timers;  // sorted, each once
  std::vector<Id> records;
  std::vector<Id> outputs;
  std::vector<Id> answers;  // inputs that its application will give, sorted; gone in a crash
};

}  // namespace octet::search
