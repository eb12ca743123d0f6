#pragma once

#include <cstdint>
#include <deque>
#include <iosfwd>
#include <optional>
#include <string>

#include "graders/dsl/history/history.h"
#include "stage3-partitioning/api/shards.h"

namespace octet::shards {

// For GoogleTest, which says so what came.
void PrintTo(const Found& found, std::ostream* out);
void PrintTo(const Written& written, std::ostream* out);
void PrintTo(const Done& done, std::ostream* out);
void PrintTo(const NotHere& refused, std::ostream* out);

}  // namespace octet::shards

namespace octet::shards::trial {

/// What the clients of a run did and got so far, of keys that do not expire.
class ShardHistory {
 public:
  /// A request begins. `client` has no other one under way. Returns its number.
  std::size_t begin(std::uint64_t client, const Operation& operation);

  /// It has taken effect, with this result, which fits the operation.
  void done(std::size_t call, const Result& result);

  /// Why that result cannot be: by the versions, or since the history of its key is not
  /// linearizable. Empty when it can.
  std::string problem(std::size_t call) const;

 private:
  struct Called {
    Operation what;
    std::string key;
    grading::Operation operation;
    std::optional<Result> result = {};
  };

  std::string problem_of_versions(const Called& call) const;
  std::string problem_of_value(const Called& call) const;
  std::string problem_of_history(const std::string& key) const;
  std::string_view keep(std::string text) { return texts_.emplace_back(std::move(text)); }

  std::deque<Called> calls_;
  std::deque<std::string> texts_;  // what operations refer to
  std::size_t last_place_ = 0;
};

/// What a request with this operation gives: a result of the right kind.
bool fits(const Operation& operation, const Result& result);

const std::string& key_of(const Operation& operation);

/// Put{"key":"x","value":"1"}.
std::string text_of(const Operation& operation);

}  // namespace octet::shards::trial
