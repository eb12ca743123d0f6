#include "graders/stage3-partitioning/shard_history.h"

#include <fmt/format.h>

#include <ostream>
#include <stdexcept>
#include <utility>

#include "graders/dsl/history/check_history.h"
#include "graders/dsl/history/report.h"
#include "graders/dsl/history/shrink.h"
#include "graders/dsl/text.h"
#include "runtime/erase/json.h"
#include "runtime/erase/shown.h"

namespace octet::shards {
namespace {

template <class Content>
void print(const Content& content, std::ostream* out) {
  const Shown shown = erase::shown(content);
  *out << shown.name << shown.json;
}

}  // namespace

void PrintTo(const Found& found, std::ostream* out) {
  print(found, out);
}
void PrintTo(const Written& written, std::ostream* out) {
  print(written, out);
}
void PrintTo(const Done& done, std::ostream* out) {
  print(done, out);
}
void PrintTo(const NotHere& refused, std::ostream* out) {
  print(refused, out);
}

}  // namespace octet::shards

namespace octet::shards::trial {
namespace {

using Kind = grading::Operation::Kind;

std::uint64_t version_of(const Result& result) {
  return std::visit([](const auto& content) { return content.version; }, result);
}

bool is_get(const Operation& operation) {
  return std::holds_alternative<Get>(operation);
}

/// A key that was deleted reads as an empty one, for the checker; versions tell them apart.
Kind kind_of(const Operation& operation) {
  if (is_get(operation)) return Kind::get;
  return std::holds_alternative<Append>(operation) ? Kind::append : Kind::put;
}

std::string argument_of(const Operation& operation) {
  if (const auto* put = std::get_if<Put>(&operation)) return put->value;
  if (const auto* append = std::get_if<Append>(&operation)) return append->value;
  return "";
}

std::string shown(const std::optional<std::string>& value) {
  return value ? fmt::format("\"{}\"", grading::shortened(*value, 60)) : "no value";
}

}  // namespace

std::size_t ShardHistory::begin(std::uint64_t client, const Operation& operation) {
  const std::size_t number = calls_.size();
  calls_.push_back({.what = operation,
                    .key = key_of(operation),
                    .operation = {.client = client,
                                  .kind = kind_of(operation),
                                  .called = ++last_place_,
                                  .argument = keep(argument_of(operation)),
                                  .line = number + 1}});
  return number;
}

void ShardHistory::done(std::size_t call, const Result& result) {
  Called& called = calls_[call];
  called.result = result;
  called.operation.returned = ++last_place_;
  if (const auto* found = std::get_if<Found>(&result)) {
    called.operation.result = keep(found->value.value_or(""));
  }
}

std::string ShardHistory::problem(std::size_t call) const {
  const Called& called = calls_[call];
  if (std::string text = problem_of_versions(called); !text.empty()) return text;
  if (std::string text = problem_of_value(called); !text.empty()) return text;
  return problem_of_history(called.key);
}

/// Each write has a version of its own, which is no more than the number of writes so far; and what
/// comes later has a later one.
std::string ShardHistory::problem_of_versions(const Called& call) const {
  const std::uint64_t version = version_of(*call.result);
  std::uint64_t writes = 0;
  for (const Called& other : calls_) {
    if (other.key != call.key || is_get(other.what)) continue;
    ++writes;
    if (&other == &call || !other.result || version_of(*other.result) != version) continue;
    if (is_get(call.what)) continue;
    return fmt::format("{} and {} both got version {} (RB3)", text_of(other.what),
                       text_of(call.what), version);
  }
  if (version > writes || (version == 0 && !is_get(call.what))) {
    return fmt::format("{} got version {}, after {} (RB3)", text_of(call.what), version,
                       grading::count_of(writes, "write of that key", "writes of that key"));
  }
  for (const Called& other : calls_) {
    if (other.key != call.key || other.operation.returned >= call.operation.called) continue;
    const std::uint64_t before = version_of(*other.result);
    if (before < version || (before == version && is_get(call.what))) continue;
    return fmt::format("{} got version {}, and {} before it version {} (RB1)", text_of(call.what),
                       version, text_of(other.what), before);
  }
  return "";
}

/// What a read finds is what the write of that version left.
std::string ShardHistory::problem_of_value(const Called& call) const {
  if (!is_get(call.what)) return "";
  const auto& found = std::get<Found>(*call.result);
  for (const Called& other : calls_) {
    if (other.key != call.key || is_get(other.what) || !other.result) continue;
    if (version_of(*other.result) != found.version) continue;
    const auto* put = std::get_if<Put>(&other.what);
    if (std::holds_alternative<Append>(other.what)) continue;
    const auto expected = put == nullptr ? std::nullopt : std::optional(put->value);
    if (found.value == expected) continue;
    return fmt::format("{} found {} with version {}, which {} wrote (RB3)", text_of(call.what),
                       shown(found.value), found.version, text_of(other.what));
  }
  if (found.version == 0 && found.value) {
    return fmt::format("{} found {}, and nobody has written that key", text_of(call.what),
                       shown(found.value));
  }
  return "";
}

std::string ShardHistory::problem_of_history(const std::string& key) const {
  grading::History history;
  history.places = "request";
  for (const Called& call : calls_) {
    if (call.key == key) history.add(key, call.operation);
  }
  const grading::CheckedHistory checked = grading::check_history(history);
  if (checked.verdict == grading::Linearizability::Verdict::yes) return "";
  if (checked.verdict == grading::Linearizability::Verdict::undecided) {
    throw std::logic_error("a history of this test is too long to be decided");
  }
  const grading::Violation whole = grading::first_violation(history.objects.at(key), checked.found);
  const grading::Shrunk small = grading::shrink(whole);
  return fmt::format("{}.\n{}", grading::sentence_of(whole, history, key),
                     grading::events_of(small, whole, history));
}

bool fits(const Operation& operation, const Result& result) {
  return is_get(operation) == std::holds_alternative<Found>(result);
}

const std::string& key_of(const Operation& operation) {
  return std::visit([](const auto& content) -> const std::string& { return content.key; },
                    operation);
}

std::string text_of(const Operation& operation) {
  const Shown shown = erase::shown(operation);
  return grading::shortened(shown.name + shown.json, 80);
}

}  // namespace octet::shards::trial
