#include "runtime/search/random_walks.h"

#include <algorithm>
#include <utility>

namespace octet::search {
namespace {

using End = Result::End;

/// Most outcomes of a step are crashes in the midst of a handler. Taken as often as they come, they
/// would use the budget up before a walk gets anywhere.
constexpr std::uint64_t steps_per_crash = 16;

}  // namespace

Result RandomWalks::run() {
  if (const auto end = search_.open()) return search_.finish(*end);
  const std::uint64_t& taken = search_.result().transitions;
  while (taken < search_.bounds().max_states) {
    const std::uint64_t before = taken;
    if (const auto end = walk()) return search_.finish(*end);
    // There is no step to take from the start.
    if (taken == before) {
      return search_.finish(search_.last_level() == 0 ? End::max_depth : End::exhausted);
    }
  }
  return search_.finish(End::max_states);
}

/// Says how the search ends, if it does.
std::optional<End> RandomWalks::walk() {
  Path path = search_.opening();
  state_ = search_.root();
  for (std::size_t level = 1; level <= search_.last_level(); ++level) {
    search_.list_moves(state_, moves_);
    if (moves_.empty()) break;
    path.push_back(pick());
    const Move& move = moves_[path.back()];
    if (search_.fails(move)) return search_.fail(move, path);
    search_.make_move(move, state_, next_);
    ++search_.result().transitions;
    const bool is_new = visited_.insert({.fingerprint = next_.fingerprint()}).is_new;
    const Verdict verdict = is_new ? search_.meet(next_, level) : search_.meet_again(next_, level);
    if (verdict.end) return search_.tell(*verdict.end, path);
    if (verdict.is_pruned) {
      search_.result().pruned += is_new;
      break;
    }
    std::swap(state_, next_);
  }
  return std::nullopt;
}

Id RandomWalks::pick() {
  const auto crashes = [&](const Move& move) { return search_.crashes(move); };
  const std::uint64_t all = moves_.size();
  const auto crashing =
      static_cast<std::uint64_t>(std::count_if(moves_.begin(), moves_.end(), crashes));
  const bool crash = crashing == all || (crashing > 0 && random_.below(steps_per_crash) == 0);
  std::uint64_t skip = random_.below(crash ? crashing : all - crashing);
  Id at = 0;
  while (crashes(moves_[at]) != crash || skip-- > 0) ++at;
  return at;
}

}  // namespace octet::search
