#pragma once

#include <optional>
#include <string>
#include <vector>

namespace octet::grading {

/// One client's request to a register, as the client saw it. Steps order the events of a run.
struct RegisterOperation {
  enum class Kind { read, write };
  Kind kind = Kind::read;
  std::string value = {};            // written, or answered
  int began = 0;                     // the step of the request
  std::optional<int> answered = {};  // the step of its answer
  bool available = false;            // a write that was refused may have happened, at any time
};

/// Whether the operations look as if each had happened at one instant between its request and its
/// answer (Herlihy & Wing 1990), on a register that was empty. Tries every order: for short
/// histories only.
bool linearizable(const std::vector<RegisterOperation>& history);

}  // namespace octet::grading
