#include "graders/dsl/history/linearizability.h"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <unordered_set>

#include "graders/dsl/history/slot_set.h"
#include "graders/dsl/history/value_trie.h"

namespace octet::grading {
namespace {

using Place = ValueTrie::Place;
using Kind = Operation::Kind;

/// What may be so at some moment. How it came about is told, not compared.
struct Possibility {
  SlotSet done;  // of the operations under way
  Place value = ValueTrie::empty;
  std::uint32_t last_step = 0;

  bool operator==(const Possibility& other) const {
    return value == other.value && done == other.done;
  }
};

struct Hash {
  std::size_t operator()(const Possibility& one) const {
    return one.done.hash() ^ one.value * 0xbf58476d1ce4e5b9;
  }
};

using Possibilities = std::unordered_set<Possibility, Hash>;

/// Each text that is written is written once, begins with one character and ends with another, and
/// has neither inside. Then what a value is made of is told by the value.
bool are_unique_pieces(const Operations& operations) {
  std::unordered_set<std::string_view> written;
  std::string_view model;
  for (const Operation& each : operations) {
    if (each.kind == Kind::get) continue;
    const std::string_view text = each.argument;
    if (text.size() < 2 || text.front() == text.back() || !written.insert(text).second)
      return false;
    if (model.empty()) model = text;
    const bool is_framed = text.front() == model.front() && text.back() == model.back() &&
                           text.find(model.front(), 1) == std::string_view::npos &&
                           text.find(model.back()) == text.size() - 1;
    if (!is_framed) return false;
  }
  return !model.empty();
}

class Search {
 public:
  Search(Operations operations, std::uint64_t budget)
      : operations_(std::move(operations)), budget_(budget) {
    for (const Operation& each : operations_) {
      if (each.kind == Kind::get || each.kind == Kind::cas) {
        trie_.add(each.seen(), each.returned, each.shows());
      }
    }
    find_what_is_shown();
    for (const Operation& each : operations_) seen_.push_back(trie_.walk(0, each.seen()));
  }

  Linearizability run() {
    possible_.insert(Possibility());
    for (const auto& [when, operation] : events()) {
      const bool is_call = operations_[operation].called == when;
      if (!(is_call ? call(operation) : give_back(operation, when))) break;
    }
    result_.visited = visited_count_;
    return std::move(result_);
  }

 private:
  std::vector<std::pair<std::size_t, std::size_t>> events() const {
    std::vector<std::pair<std::size_t, std::size_t>> events;
    for (std::size_t i = 0; i < operations_.size(); ++i) {
      const Operation& each = operations_[i];
      if (!each.is_known() && (!each.writes() || is_idle(i))) continue;
      events.emplace_back(each.called, i);
      if (each.is_known()) events.emplace_back(each.returned, i);
    }
    std::ranges::sort(events);
    return events;
  }

  /// Marks the writes that some value shows, when that can be told.
  void find_what_is_shown() {
    is_shown_.resize(operations_.size(), true);
    if (!are_unique_pieces(operations_)) return;
    std::unordered_map<std::string_view, std::size_t> writers;
    for (std::size_t i = 0; i < operations_.size(); ++i) {
      has_other_cas_ |= operations_[i].kind == Kind::cas && !operations_[i].shows();
      if (operations_[i].kind == Kind::get) continue;
      writers[operations_[i].argument] = i;
      is_shown_[i] = false;
    }
    can_tell_ = true;
    const char end = writers.begin()->first.back();
    trie_.for_each_shown_piece(end, [&](std::string_view piece) {
      if (const auto writer = writers.find(piece); writer != writers.end()) {
        is_shown_[writer->second] = true;
      }
    });
  }

  /// Nobody ever sees what it wrote, nor that it did: it may as well never have happened. (A cas
  /// that failed, or of which nothing is known, may have needed it.)
  bool is_idle(std::size_t operation) const {
    return can_tell_ && !is_shown_[operation] && !has_other_cas_;
  }

  bool call(std::size_t operation) {
    const std::size_t slot = used_.first_free();
    if (slot == SlotSet::room) return give_up();
    used_.insert(slot);
    in_slot_[slot] = operation;
    slot_of_[operation] = slot;
    Possibilities next;
    for (Possibility each : possible_) {
      take_for_granted(each);
      next.insert(each);
    }
    possible_ = std::move(next);
    return true;
  }

  /// Everything that is possible afterwards has this operation done.
  bool give_back(std::size_t operation, std::size_t now) {
    const std::size_t slot = slot_of_.at(operation);
    Possibilities next;
    const auto survive = [&](Possibility each) {
      each.done.erase(slot);
      each.value = trie_.at(each.value, now + 1);
      next.insert(each);
    };
    std::vector<Possibility> todo;
    Possibilities visited;
    for (const Possibility& each : possible_) {
      if (each.done.contains(slot)) {
        survive(each);
      } else {
        todo.push_back(each);
      }
    }
    while (!todo.empty()) {
      const Possibility from = todo.back();
      todo.pop_back();
      if (++visited_count_ > budget_) return give_up();
      used_.for_each_not_in(from.done, [&](std::size_t other) {
        const std::optional<Possibility> after = write(from, other, now);
        if (!after) return;
        if (after->done.contains(slot)) {
          survive(*after);
        } else if (visited.insert(*after).second) {
          todo.push_back(*after);
        }
      });
    }
    if (next.empty()) return explain(operation);
    used_.erase(slot);
    possible_ = std::move(next);
    return true;
  }

  /// The operation in that slot takes effect next, if that can be and leads anywhere.
  std::optional<Possibility> write(Possibility from, std::size_t slot, std::size_t now) {
    const std::size_t index = in_slot_[slot];
    const Operation& operation = operations_[index];
    if (!operation.writes()) return std::nullopt;
    if (operation.kind == Kind::cas && from.value != seen_[index]) return std::nullopt;
    const Place base = operation.kind == Kind::append ? from.value : ValueTrie::empty;
    from.value = trie_.at(trie_.walk(base, operation.argument), now);
    // Who has seen this write could not see it any more.
    if (can_tell_ && is_shown_[index] && from.value == ValueTrie::unseen) return std::nullopt;
    step(from, slot);
    take_for_granted(from);
    return from;
  }

  void step(Possibility& one, std::size_t slot) {
    one.done.insert(slot);
    steps_.push_back({one.last_step, in_slot_[slot]});
    one.last_step = static_cast<std::uint32_t>(steps_.size());
  }

  /// What fits, and changes nothing, has taken effect: later is never better.
  void take_for_granted(Possibility& one) {
    used_.for_each_not_in(one.done, [&](std::size_t slot) {
      if (changes_nothing(one.value, in_slot_[slot])) step(one, slot);
    });
  }

  bool changes_nothing(Place value, std::size_t index) const {
    const Operation& operation = operations_[index];
    if (operation.kind == Kind::get) return value == seen_[index];
    if (!operation.writes()) return value != seen_[index];
    if (!is_idle(index) || value != ValueTrie::unseen) return false;
    if (operation.kind == Kind::append) return true;
    return operation.kind == Kind::put &&
           trie_.walk(ValueTrie::empty, operation.argument) == ValueTrie::unseen;
  }

  bool give_up() {
    result_.verdict = Linearizability::Verdict::undecided;
    return false;
  }

  bool explain(std::size_t operation) {
    constexpr std::size_t most = 5;
    result_.verdict = Linearizability::Verdict::no;
    result_.unexplained = operation;
    for (const Possibility& each : possible_) {
      if (result_.explanations.size() == most) break;
      result_.explanations.push_back({.value = value_of(each), .order = order_of(each)});
    }
    return false;
  }

  std::optional<std::string> value_of(const Possibility& one) const {
    if (one.value == ValueTrie::unseen) return std::nullopt;
    return trie_.value(one.value);
  }

  std::vector<std::size_t> order_of(const Possibility& one) const {
    constexpr std::size_t most = 10;
    std::vector<std::size_t> order;
    for (std::uint32_t at = one.last_step; at != 0 && order.size() < most;
         at = steps_[at - 1].before) {
      order.push_back(steps_[at - 1].operation);
    }
    std::ranges::reverse(order);
    return order;
  }

  struct Step {
    std::uint32_t before = 0;  // number of the step before, from 1; 0 is none
    std::size_t operation = 0;
  };

  Operations operations_;
  std::uint64_t budget_;
  ValueTrie trie_;
  std::vector<Place> seen_;     // of each operation
  std::vector<bool> is_shown_;  // for each write, whether a value shows it; true when in doubt
  bool can_tell_ = false;       // that no value shows a write
  bool has_other_cas_ = false;  // one that failed, or of which nothing is known
  SlotSet used_;
  std::array<std::size_t, SlotSet::room> in_slot_{};
  std::unordered_map<std::size_t, std::size_t> slot_of_;
  Possibilities possible_;
  std::vector<Step> steps_;
  std::uint64_t visited_count_ = 0;
  Linearizability result_;
};

}  // namespace

Linearizability check_linearizability(Operations operations, std::uint64_t budget) {
  return Search(std::move(operations), budget).run();
}

}  // namespace octet::grading
