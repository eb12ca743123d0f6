#pragma once

#include <algorithm>
#include <array>
#include <concepts>
#include <optional>
#include <utility>
#include <vector>

#include "graders/dsl/history/linearizability.h"
#include "graders/dsl/history/possibility.h"

namespace octet::grading {

/// What the search has to know of an object: an ordinary one, without concurrency. It is made of
/// the operations, which are named by their places, so it knows what will be seen of a state and
/// can make states equal that nobody can tell apart.
template <class M>
concept SequentialModel = requires(const M& model, const typename M::State& state, std::size_t i) {
  typename M::State;  // the first one is State{}
  { M::hash(state) } -> std::convertible_to<std::size_t>;
  /// False for an operation without a return that may as well never have happened.
  { model.matters(i) } -> std::same_as<bool>;
  /// That operation i may take effect in this state, with what it got, and leaves it as it is. It
  /// is taken for granted at once: later is never better.
  { model.changes_nothing(state, i) } -> std::same_as<bool>;
  /// The state after operation i, at the time of the last argument; nothing when it cannot take
  /// effect, when it changes nothing, or when somebody could surely not get what he got any more.
  { model.after(state, i, i) } -> std::same_as<std::optional<typename M::State>>;
  /// The same for all who return at that time or later, and for nobody else.
  { model.seen_from(state, i) } -> std::same_as<typename M::State>;
};

/// Goes through the history once, and decides at each return what must have taken effect by then
/// (Lowe 2017, "Testing for linearizability", section 6: just in time). It keeps the set of all
/// that may be so: the state, and which of the operations under way have taken effect.
template <SequentialModel M>
class JustInTime {
 public:
  JustInTime(const Operations& operations, const M& model, std::uint64_t budget)
      : operations_(operations), model_(model), budget_(budget), slot_of_(operations.size()) {}

  Linearizability run() {
    possible_.insert(One());
    for (const auto& [when, operation] : events()) {
      result_.visited += possible_.size();
      const bool is_call = operations_[operation].called == when;
      if (!(is_call ? call(operation) : give_back(operation, when))) return std::move(result_);
    }
    result_.explanations.push_back(explanation(*possible_.begin()));
    return std::move(result_);
  }

 private:
  using One = Possibility<typename M::State>;

  std::vector<std::pair<std::size_t, std::size_t>> events() const {
    std::vector<std::pair<std::size_t, std::size_t>> events;
    for (std::size_t i = 0; i < operations_.size(); ++i) {
      const Operation& each = operations_[i];
      if (!each.is_known() && !model_.matters(i)) continue;
      events.emplace_back(each.called, i);
      if (each.is_known()) events.emplace_back(each.returned, i);
    }
    std::ranges::sort(events);
    return events;
  }

  bool call(std::size_t operation) {
    const std::size_t slot = used_.first_free();
    if (slot == SlotSet::room) return give_up();
    used_.insert(slot);
    in_slot_[slot] = operation;
    slot_of_[operation] = slot;
    Possibilities<M> next;
    for (One each : possible_) {
      take_for_granted(each);
      next.insert(std::move(each));
    }
    possible_ = std::move(next);
    return true;
  }

  /// Everything that is possible afterwards has this operation done.
  bool give_back(std::size_t operation, std::size_t now) {
    const std::size_t slot = slot_of_[operation];
    Possibilities<M> next;
    std::vector<One> todo;
    Possibilities<M> known;
    const auto reach = [&](One one, bool is_new) {
      if (one.done.contains(slot)) {
        one.done.erase(slot);
        one.state = model_.seen_from(one.state, now + 1);
        next.insert(std::move(one));
      } else if (is_new || known.insert(one).second) {
        todo.push_back(std::move(one));
      }
    };
    for (const One& each : possible_) reach(each, true);
    while (!todo.empty()) {
      const One from = std::move(todo.back());
      todo.pop_back();
      if (++result_.visited > budget_) return give_up();
      used_.for_each_not_in(from.done, [&](std::size_t other) {
        if (auto after = take(from, other, now)) reach(std::move(*after), false);
      });
    }
    if (next.empty()) return explain(operation);
    used_.erase(slot);
    possible_ = std::move(next);
    return true;
  }

  /// The operation in that slot takes effect next, if it can.
  std::optional<One> take(const One& from, std::size_t slot, std::size_t now) {
    auto state = model_.after(from.state, in_slot_[slot], now);
    if (!state) return std::nullopt;
    One after{from.done, std::move(*state), from.last_step};
    step(after, slot);
    take_for_granted(after);
    return after;
  }

  void step(One& one, std::size_t slot) {
    one.done.insert(slot);
    one.last_step = steps_.add(one.last_step, in_slot_[slot]);
  }

  void take_for_granted(One& one) {
    used_.for_each_not_in(one.done, [&](std::size_t slot) {
      if (model_.changes_nothing(one.state, in_slot_[slot])) step(one, slot);
    });
  }

  bool give_up() {
    result_.verdict = Linearizability::Verdict::undecided;
    return false;
  }

  bool explain(std::size_t operation) {
    constexpr std::size_t most = 5;
    result_.verdict = Linearizability::Verdict::no;
    result_.unexplained = operation;
    std::vector<typename M::State> told;
    for (const One& each : possible_) {
      if (told.size() == most) break;
      if (std::ranges::find(told, each.state) != told.end()) continue;
      told.push_back(each.state);
      result_.explanations.push_back(explanation(each));
    }
    return false;
  }

  Explanation explanation(const One& one) const {
    Explanation explanation{.order = steps_.list(one.last_step), .pending = {}};
    used_.for_each_not_in(one.done,
                          [&](std::size_t slot) { explanation.pending.push_back(in_slot_[slot]); });
    return explanation;
  }

  const Operations& operations_;
  const M& model_;
  std::uint64_t budget_;
  SlotSet used_;
  std::array<std::size_t, SlotSet::room> in_slot_{};
  std::vector<std::size_t> slot_of_;
  Possibilities<M> possible_;
  Steps steps_;
  Linearizability result_;
};

}  // namespace octet::grading
