#include "graders/dsl/history/check_history.h"

#include <utility>

namespace octet::grading {

CheckedHistory check_history(const History& history, std::uint64_t budget) {
  using Verdict = Linearizability::Verdict;
  CheckedHistory all;
  for (const auto& [name, operations] : history.objects) {
    Linearizability found = check_linearizability(operations, budget);
    all.visited += found.visited;
    const bool is_news = found.verdict == Verdict::no ||
                         (found.verdict == Verdict::undecided && all.verdict == Verdict::yes);
    if (!is_news) continue;
    all.verdict = found.verdict;
    all.object = name;
    all.found = std::move(found);
    if (all.verdict == Verdict::no) break;
  }
  return all;
}

}  // namespace octet::grading
