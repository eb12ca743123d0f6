#include "runtime/search/breadth_first.h"

#include <utility>

namespace octet::search {

using End = Result::End;

Result BreadthFirst::run() {
  if (const auto end = search_.open()) return search_.finish(*end);
  enqueue(visited_.insert({.fingerprint = search_.root().fingerprint()}).number, search_.root());
  for (std::size_t level = 0; !frontier_.empty(); ++level) {
    if (level == search_.last_level()) return search_.finish(beyond());
    for (std::uint64_t left = std::exchange(queued_, 0); left > 0; --left) {
      if (const auto end = expand(level + 1)) return search_.finish(*end);
    }
  }
  return search_.finish(End::exhausted);
}

/// Takes every move from the next state of the frontier. Says how the search ends, if it does.
std::optional<End> BreadthFirst::expand(std::size_t level) {
  const Id number = frontier_.pop(state_);
  search_.list_moves(state_, moves_);
  for (Id i = 0; i < moves_.size(); ++i) {
    if (search_.fails(moves_[i])) return search_.fail(moves_[i], path_to(number, i));
    search_.make_move(moves_[i], state_, next_);
    ++search_.result().transitions;
    const auto found =
        visited_.insert({.fingerprint = next_.fingerprint(), .parent = number, .move = i});
    if (!found.is_new) continue;
    const Verdict verdict = search_.meet(next_, level);
    if (verdict.end) return search_.tell(*verdict.end, path_to(number, i));
    if (verdict.is_pruned) {
      ++search_.result().pruned;
    } else {
      enqueue(found.number, next_);
    }
  }
  return std::nullopt;
}

void BreadthFirst::enqueue(Id number, const WorldState& state) {
  frontier_.push(number, state);
  ++queued_;
}

/// Whether the states at the greatest depth lead anywhere else.
End BreadthFirst::beyond() {
  while (!frontier_.empty()) {
    frontier_.pop(state_);
    search_.list_moves(state_, moves_);
    for (const Move& move : moves_) {
      if (search_.fails(move)) return End::max_depth;
      search_.make_move(move, state_, next_);
      if (!visited_.contains(next_.fingerprint())) return End::max_depth;
    }
  }
  return End::exhausted;
}

Path BreadthFirst::path_to(Id number, Id last_move) const {
  Path backwards{last_move};
  for (; visited_[number].parent != none; number = visited_[number].parent) {
    backwards.push_back(visited_[number].move);
  }
  Path path = search_.opening();
  path.insert(path.end(), backwards.rbegin(), backwards.rend());
  return path;
}

}  // namespace octet::search
