#include "graders/stage4-raft/kv_history.h"

#include <fmt/format.h>

#include <utility>

#include "graders/dsl/history/check_history.h"
#include "graders/dsl/history/report.h"
#include "graders/dsl/history/shrink.h"

namespace octet::kv {
namespace {

using Kind = grading::Operation::Kind;

/// The operation as the checker has it.
struct Described {
  std::string key;
  Kind kind;
  std::string argument = {};
  std::string expected = {};
};

Described described(const Operation& operation) {
  struct Describe {
    Described operator()(const Get& get) const { return {get.key, Kind::get}; }
    Described operator()(const Put& put) const { return {put.key, Kind::put, put.value}; }
    Described operator()(const Append& append) const {
      return {append.key, Kind::append, append.value};
    }
    Described operator()(const Cas& cas) const {
      return {cas.key, Kind::cas, cas.value, cas.expected};
    }
  };
  return std::visit(Describe(), operation);
}

}  // namespace

std::size_t KvHistory::begin(std::uint64_t client, const Operation& operation) {
  Described what = described(operation);
  const std::size_t number = calls_.size();
  calls_.push_back({.key = std::move(what.key),
                    .operation = {.client = client,
                                  .kind = what.kind,
                                  .called = ++last_place_,
                                  .argument = keep(std::move(what.argument)),
                                  .expected = keep(std::move(what.expected)),
                                  .line = number + 1}});
  return number;
}

void KvHistory::done(std::size_t call, const Result& result) {
  grading::Operation& operation = calls_[call].operation;
  operation.returned = ++last_place_;
  if (const auto* got = std::get_if<Value>(&result)) operation.result = keep(got->value);
  if (const auto* cas = std::get_if<Swapped>(&result)) operation.succeeded = cas->swapped;
}

void KvHistory::failed(std::size_t call) {
  calls_[call].has_failed = true;
}

grading::History KvHistory::of_key(const std::string& key) const {
  grading::History history;
  history.places = "call";
  for (const Called& call : calls_) {
    if (call.key == key && !call.has_failed) history.add(key, call.operation);
  }
  return history;
}

std::string KvHistory::problem(std::size_t call) const {
  const std::string& key = calls_[call].key;
  const grading::History history = of_key(key);
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
  if (std::holds_alternative<Get>(operation)) return std::holds_alternative<Value>(result);
  if (std::holds_alternative<Cas>(operation)) return std::holds_alternative<Swapped>(result);
  return std::holds_alternative<Stored>(result);
}

}  // namespace octet::kv
