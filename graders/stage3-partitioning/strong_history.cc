#include "graders/stage3-partitioning/strong_history.h"

#include <fmt/format.h>

#include <utility>

#include "graders/dsl/history/check_history.h"
#include "graders/dsl/history/report.h"
#include "graders/dsl/history/shrink.h"

namespace octet::store {
namespace {

using Kind = grading::Operation::Kind;

/// To the checker a key that is not there is empty; so a value begins with something.
std::string described(const std::string& value) {
  return "=" + value;
}

}  // namespace

StrongHistory::StrongHistory(sim::World& world, const StoreCluster& store) : store_(store) {
  world.always("strong requests are linearizable (CL1)", [this] { return problem(); });
}

std::string StrongHistory::problem() {
  if (ended_ == store_.ended()) return "";
  ended_ = store_.ended();
  see_calls();
  const std::vector<std::size_t> under_way = std::exchange(under_way_, {});
  for (const std::size_t call : under_way) {
    if (!store_.asked(calls_[call].request).end) {
      under_way_.push_back(call);
    } else if (std::string problem = end(calls_[call]); !problem.empty()) {
      return problem;
    }
  }
  return "";
}

void StrongHistory::see_calls() {
  for (; seen_ < store_.requests(); ++seen_) {
    Called called{seen_, {}, {.client = seen_, .line = seen_ + 1}};
    const auto describe = [&](const auto& asked, Kind kind, std::string argument) {
      if (asked.level != Level::strong) {
        if (kind == Kind::put) weakly_written_.insert(asked.key);
        return;
      }
      called.key = asked.key;
      called.operation.kind = kind;
      called.operation.called = ++last_place_;
      called.operation.argument = keep(std::move(argument));
      under_way_.push_back(calls_.size());
      calls_.push_back(called);
    };
    const Input& what = store_.asked(seen_).what;
    if (const auto* get = std::get_if<Get>(&what)) describe(*get, Kind::get, "");
    if (const auto* put = std::get_if<Put>(&what)) describe(*put, Kind::put, described(put->value));
    if (const auto* del = std::get_if<Delete>(&what)) describe(*del, Kind::put, "");
  }
}

std::string StrongHistory::end(Called& called) {
  const Output& end = *store_.asked(called.request).end;
  if (std::holds_alternative<Unknown>(end)) return "";
  if (std::holds_alternative<Failed>(end)) {
    called.counts = false;
    return "";
  }
  called.operation.returned = ++last_place_;
  if (const auto* got = std::get_if<Got>(&end)) {
    if (got->values.size() > 1) {
      return fmt::format("a strong read of \"{}\" gives {} values", called.key, got->values.size());
    }
    if (!got->values.empty()) called.operation.result = keep(described(got->values.front()));
  }
  return problem_of(called.key);
}

/// What is unknown and left no trace might as well never have happened, and would cost the checker
/// much: reads without an end, and writes of values that nobody has read.
grading::History StrongHistory::of_key(const std::string& key) const {
  std::set<std::string_view> read;
  for (const Called& called : calls_) {
    if (called.key == key && called.operation.is_known()) read.insert(called.operation.result);
  }
  grading::History history;
  history.places = "request";
  for (const auto& [request, of, operation, counts] : calls_) {
    const bool left_a_trace =
        operation.is_known() || (operation.kind == Kind::put && read.contains(operation.argument));
    if (of == key && counts && left_a_trace) history.add(key, operation);
  }
  return history;
}

std::string StrongHistory::problem_of(const std::string& key) const {
  if (weakly_written_.contains(key)) return "";
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

}  // namespace octet::store
