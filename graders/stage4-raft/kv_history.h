#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>

#include "graders/dsl/history/history.h"
#include "stage4-raft/api/kv.h"

namespace octet::kv {

/// What the clients of a run did and got so far.
class KvHistory {
 public:
  /// A call begins. `client` has no other one under way. Returns its number.
  std::size_t begin(std::uint64_t client, const Operation& operation);

  /// It has taken effect, with this result.
  void done(std::size_t call, const Result& result);
  /// It has not, and never will.
  void failed(std::size_t call);

  /// Why this is not linearizable, with the operations on the key of that call; empty when it is.
  std::string problem(std::size_t call) const;

 private:
  struct Called {
    std::string key;
    grading::Operation operation;
    bool has_failed = false;
  };

  grading::History of_key(const std::string& key) const;
  std::string_view keep(std::string text) { return texts_.emplace_back(std::move(text)); }

  std::deque<Called> calls_;
  std::deque<std::string> texts_;  // what operations refer to
  std::size_t last_place_ = 0;
};

/// What a call with this operation gives: a result of the right kind.
bool fits(const Operation& operation, const Result& result);

}  // namespace octet::kv
