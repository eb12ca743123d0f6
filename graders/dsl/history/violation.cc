#include "graders/dsl/history/violation.h"

#include <algorithm>

namespace octet::grading {
namespace {

using Verdict = Linearizability::Verdict;

/// What has happened up to that moment.
Operations until(const Operations& operations, std::size_t last) {
  Operations some;
  for (Operation each : operations) {
    if (each.called > last) continue;
    if (each.returned > last) each.returned = Operation::never;
    some.push_back(each);
  }
  return some;
}

std::vector<std::size_t> returns_from(const Operations& operations, std::size_t first) {
  std::vector<std::size_t> returns;
  for (const Operation& each : operations) {
    if (each.is_known() && each.returned >= first) returns.push_back(each.returned);
  }
  std::ranges::sort(returns);
  return returns;
}

}  // namespace

Violation first_violation(const Operations& operations, const Linearizability& found,
                          std::uint64_t budget) {
  const auto returns = returns_from(operations, operations[found.unexplained].returned);
  Violation best{operations, found};
  const auto is_violated = [&](std::size_t place) {
    Operations some = until(operations, returns[place]);
    Linearizability result = check_linearizability(some, budget);
    if (result.verdict != Verdict::no) return false;
    best = {std::move(some), std::move(result)};
    return true;
  };
  // What is violated stays so. It is most often the first, and else not far from there.
  std::size_t fine = 0;  // how many are not violated
  std::size_t step = 1;
  while (fine + step <= returns.size() && !is_violated(fine + step - 1)) {
    fine += step;
    step *= 2;
  }
  for (std::size_t end = std::min(fine + step, returns.size()); fine + 1 < end;) {
    const std::size_t middle = fine + (end - fine) / 2;
    if (is_violated(middle - 1)) {
      end = middle;
    } else {
      fine = middle;
    }
  }
  return best;
}

}  // namespace octet::grading
