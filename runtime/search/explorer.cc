#include "runtime/search/explorer.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <string>
#include <utility>

#include "runtime/check.h"
#include "runtime/random.h"
#include "runtime/search/judge.h"
#include "runtime/search/moves.h"
#include "runtime/search/story.h"
#include "runtime/search/visited.h"

namespace octet::search {
namespace {

using End = Result::End;

/// The moves taken since before the nodes' start, each as its place among the moves that there
/// were.
using Path = std::vector<Id>;

/// Most outcomes of a step are crashes in the midst of a handler. Taken as often as they come, they
/// would use the budget up before a walk gets anywhere.
constexpr std::uint64_t steps_per_crash = 16;

class Explorer {
 public:
  Explorer(const Model& model, const Bounds& bounds)
      : bounds_(bounds),
        catalogue_(model),
        transitions_(catalogue_, bounds.max_choices),
        start_(model.opening.empty() ? steps_to_start(catalogue_) : 0) {
    OCTET_CHECK(start_ > 0 || model.opening.size() >= steps_to_start(catalogue_),
                "an opening begins with the start of every node");
    OCTET_CHECK(bounds.max_states < std::numeric_limits<Id>::max(), "a state's number has 32 bits");
    OCTET_CHECK(bounds.max_depth < std::numeric_limits<Id>::max(), "so that sums of it fit");
    OCTET_CHECK(bounds.max_choices > 0, "a handler ends somehow");
  }

  Result breadth_first() {
    if (const auto end = open()) return finish(*end);
    enqueue(visited_.insert({.fingerprint = root_.fingerprint()}).number, root_);
    for (std::size_t level = 0; !frontier_.empty(); ++level) {
      if (level == start_ + bounds_.max_depth) return finish(beyond());
      for (std::uint64_t left = std::exchange(queued_, 0); left > 0; --left) {
        if (const auto end = expand(level + 1)) return finish(*end);
      }
    }
    return finish(End::exhausted);
  }

  Result randomly(std::uint64_t seed) {
    if (const auto end = open()) return finish(*end);
    Random random(seed, "search");
    while (result_.transitions < bounds_.max_states) {
      const std::uint64_t before = result_.transitions;
      if (const auto end = walk(random)) return finish(*end);
      // There is no step to take from the start.
      if (result_.transitions == before) {
        return finish(bounds_.max_depth == 0 ? End::max_depth : End::exhausted);
      }
    }
    return finish(End::max_states);
  }

 private:
  /// Takes the steps that the model opens with.
  std::optional<End> open() {
    next_ = before_the_start(catalogue_);
    for (const Step& step : catalogue_.model.opening) {
      std::swap(state_, next_);
      list_moves(state_, catalogue_, transitions_, moves_);
      const auto found = std::find_if(moves_.begin(), moves_.end(), [&](const Move& move) {
        return as_step(move, catalogue_, transitions_) == step;
      });
      if (found == moves_.end()) return stuck();
      opening_.push_back(static_cast<Id>(found - moves_.begin()));
      if (fails(*found)) return fail(*found, opening_);
      make_move(*found, state_, catalogue_, transitions_, next_);
    }
    root_ = next_;
    const auto end = meet(0);
    return end ? std::optional(trace(*end, opening_)) : std::nullopt;
  }

  End stuck() {
    result_.violation = "step " + std::to_string(opening_.size() + 1) +
                        " of the opening cannot be taken; the steps before it can";
    return trace(End::opening, opening_);
  }

  /// Takes every move from the next state of the frontier. Says how the search ends, if it does.
  std::optional<End> expand(std::size_t level) {
    const Id number = frontier_.pop(state_);
    list_moves(state_, catalogue_, transitions_, moves_);
    for (Id i = 0; i < moves_.size(); ++i) {
      if (fails(moves_[i])) return fail(moves_[i], path_to(number, i));
      make_move(moves_[i], state_, catalogue_, transitions_, next_);
      ++result_.transitions;
      const auto found =
          visited_.insert({.fingerprint = next_.fingerprint(), .parent = number, .move = i});
      if (!found.is_new) continue;
      if (const auto end = meet(level)) return trace(*end, path_to(number, i));
      if (is_pruned(level)) {
        ++result_.pruned;
      } else {
        enqueue(found.number, next_);
      }
    }
    return std::nullopt;
  }

  /// One walk from the root on.
  std::optional<End> walk(Random& random) {
    Path path = opening_;
    state_ = root_;
    for (std::size_t level = 1; level <= start_ + bounds_.max_depth; ++level) {
      list_moves(state_, catalogue_, transitions_, moves_);
      if (moves_.empty()) break;
      path.push_back(pick(random));
      const Move& move = moves_[path.back()];
      if (fails(move)) return fail(move, path);
      make_move(move, state_, catalogue_, transitions_, next_);
      ++result_.transitions;
      const bool is_new = visited_.insert({.fingerprint = next_.fingerprint()}).is_new;
      const auto end = is_new ? meet(level) : std::nullopt;
      if (end) return trace(*end, path);
      if (is_pruned(level)) {
        result_.pruned += is_new;
        break;
      }
      std::swap(state_, next_);
    }
    return std::nullopt;
  }

  Id pick(Random& random) const {
    const auto crashes = [&](const Move& move) {
      return move.outcome != none && transitions_[move.outcome].crashes();
    };
    const std::uint64_t all = moves_.size();
    const auto crashing =
        static_cast<std::uint64_t>(std::count_if(moves_.begin(), moves_.end(), crashes));
    const bool crash = crashing == all || (crashing > 0 && random.below(steps_per_crash) == 0);
    std::uint64_t skip = random.below(crash ? crashing : all - crashing);
    Id at = 0;
    while (crashes(moves_[at]) != crash || skip-- > 0) ++at;
    return at;
  }

  bool fails(const Move& move) const {
    return move.outcome != none && transitions_[move.outcome].failure != none;
  }

  End fail(const Move& move, const Path& path) {
    result_.violation = transitions_.failure(transitions_[move.outcome]);
    return trace(End::violation, path);
  }

  /// Nobody looks at a world before all of its nodes have started.
  std::optional<End> meet(std::size_t level) {
    return level < start_ ? std::nullopt : judge_.meet(next_, level - start_);
  }
  bool is_pruned(std::size_t level) const { return level >= start_ && judge_.is_pruned(next_); }

  void enqueue(Id number, const WorldState& state) {
    frontier_.push(number, state);
    ++queued_;
  }

  /// Whether the states at the greatest depth lead anywhere else.
  End beyond() {
    while (!frontier_.empty()) {
      frontier_.pop(state_);
      list_moves(state_, catalogue_, transitions_, moves_);
      for (const Move& move : moves_) {
        if (fails(move)) return End::max_depth;
        make_move(move, state_, catalogue_, transitions_, next_);
        if (!visited_.contains(next_.fingerprint())) return End::max_depth;
      }
    }
    return End::exhausted;
  }

  Path path_to(Id number, Id last_move) const {
    Path backwards{last_move};
    for (; visited_[number].parent != none; number = visited_[number].parent) {
      backwards.push_back(visited_[number].move);
    }
    Path path = opening_;
    path.insert(path.end(), backwards.rbegin(), backwards.rend());
    return path;
  }

  /// Takes the path once more, for the result. An end by a bound has none to show.
  End trace(End end, const Path& path) {
    if (end == End::max_states) return end;
    state_ = before_the_start(catalogue_);
    for (const Id i : path) {
      list_moves(state_, catalogue_, transitions_, moves_);
      result_.trace.push_back(as_step(moves_[i], catalogue_, transitions_));
      result_.told.push_back(tell(moves_[i], state_, catalogue_, transitions_));
      make_move(moves_[i], state_, catalogue_, transitions_, next_);
      std::swap(state_, next_);
    }
    return end;
  }

  Result finish(End end) {
    const bool is_honest = end != End::exhausted || !transitions_.left_choices_out();
    result_.end = is_honest ? end : End::max_choices;
    return std::move(result_);
  }

  Bounds bounds_;
  Catalogue catalogue_;
  Transitions transitions_;
  std::size_t start_;  // levels before every node has started
  Path opening_;
  WorldState root_;  // after the opening
  Result result_;
  Judge judge_{catalogue_, bounds_, result_};
  Visited visited_;
  Frontier frontier_;
  std::uint64_t queued_ = 0;  // states of the next level
  WorldState state_;
  WorldState next_;
  std::vector<Move> moves_;
};

}  // namespace

Result explore(const Model& model, const Bounds& bounds) {
  return Explorer(model, bounds).breadth_first();
}

Result explore_randomly(const Model& model, std::uint64_t seed, const Bounds& bounds) {
  return Explorer(model, bounds).randomly(seed);
}

}  // namespace octet::search
