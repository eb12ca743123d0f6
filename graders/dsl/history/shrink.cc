#include "graders/dsl/history/shrink.h"

#include <algorithm>
#include <functional>
#include <numeric>
#include <optional>

#include "graders/dsl/history/erasure.h"
#include "graders/dsl/history/removals.h"
#include "runtime/minimize/ddmin.h"

namespace octet::grading {
namespace {

using Verdict = Linearizability::Verdict;

struct BudgetHasEnded {};

class Shrinking {
 public:
  Shrinking(const Violation& violation, std::uint64_t budget) : budget_(budget) {
    result_.violation = violation;
  }

  Shrunk run() {
    try {
      while (makes_it_smaller()) continue;
    } catch (const BudgetHasEnded&) {
      result_.is_finished = false;
    }
    return std::move(result_);
  }

 private:
  const Operations& current() const { return result_.violation.operations; }

  bool makes_it_smaller() {
    const std::size_t before = current().size();
    remove(readers(current()));
    remove(writers(current()));
    erase(erasable(current()));
    return current().size() < before;
  }

  /// An attempt costs at least as much as going through all operations.
  void pay(std::size_t operations) {
    result_.visited += operations;
    if (result_.visited >= budget_) throw BudgetHasEnded();
  }

  /// Keeps `some`, and says yes, when they are a violation too.
  bool is_violated(Operations some) {
    Linearizability found = check_linearizability(some, budget_ - result_.visited);
    result_.visited += found.visited;
    if (found.verdict != Verdict::no) return false;
    result_.violation = {std::move(some), std::move(found)};
    return true;
  }

  /// Does without as many of the groups as it can. `without` makes operations that lack the members
  /// of some, if they can.
  using Without = std::function<std::optional<Operations>(const Operations&, const Group&)>;
  void reduce(std::vector<Group> groups, const Without& without) {
    std::erase_if(groups, [last = last_to_return(current())](const Group& group) {
      return std::ranges::find(group, last) != group.end();
    });
    const Operations all = current();
    std::vector<std::size_t> numbers(groups.size());
    std::iota(numbers.begin(), numbers.end(), std::size_t{0});
    ddmin<std::size_t>(numbers, [&](const std::vector<std::size_t>& kept) {
      pay(all.size());
      Group gone;
      for (std::size_t i = 0; i < groups.size(); ++i) {
        if (std::ranges::binary_search(kept, i)) continue;
        gone.insert(gone.end(), groups[i].begin(), groups[i].end());
      }
      if (gone.empty()) return true;
      auto some = without(all, gone);
      return some && is_violated(std::move(*some));
    });
  }

  void remove(std::vector<Group> groups) {
    reduce(std::move(groups), [](const Operations& all, const Group& gone) {
      Operations removed;
      Operations remaining;
      std::vector<bool> is_gone(all.size());
      for (const std::size_t i : gone) is_gone[i] = true;
      for (std::size_t i = 0; i < all.size(); ++i) {
        (is_gone[i] ? removed : remaining).push_back(all[i]);
      }
      return are_unseen(removed, remaining) ? std::optional(std::move(remaining)) : std::nullopt;
    });
  }

  void erase(std::vector<Group> groups) {
    reduce(std::move(groups), [this](const Operations& all, const Group& gone) {
      return std::optional(erased(all, gone, result_.texts));
    });
  }

  std::uint64_t budget_;
  Shrunk result_;
};

}  // namespace

Shrunk shrink(const Violation& violation, std::uint64_t budget) {
  return Shrinking(violation, budget).run();
}

}  // namespace octet::grading
