#include "graders/dsl/history/key_value_model.h"

#include <algorithm>

#include "graders/dsl/history/unique_pieces.h"

namespace octet::grading {

using Kind = Operation::Kind;

KeyValueModel::KeyValueModel(const Operations& operations) : operations_(operations) {
  const std::size_t last = last_to_return(operations_);
  for (std::size_t i = 0; i < operations_.size(); ++i) {
    const Operation& each = operations_[i];
    if (each.kind == Kind::get && !each.is_known()) continue;  // it got nothing that we know
    if (each.kind == Kind::get || each.kind == Kind::cas) {
      trie_.add(seen(each), each.returned, shows(each) && i != last);
    }
  }
  find_what_is_shown(last);
  for (const Operation& each : operations_) seen_.push_back(trie_.walk(0, seen(each)));
}

/// That it changes the value, or may.
bool KeyValueModel::writes(const Operation& operation) {
  if (operation.kind == Kind::cas) return operation.succeeded || !operation.is_known();
  return operation.kind != Kind::get;
}

/// That it shows what the value was, and for sure.
bool KeyValueModel::shows(const Operation& operation) {
  if (!operation.is_known()) return false;
  return operation.kind == Kind::get || (operation.kind == Kind::cas && operation.succeeded);
}

/// What it shows, or what it compared with.
std::string_view KeyValueModel::seen(const Operation& operation) {
  return operation.kind == Kind::get ? operation.result : operation.expected;
}

void KeyValueModel::find_what_is_shown(std::size_t last) {
  shown_.resize(operations_.size(), Shown::maybe);
  has_other_cas_ = std::ranges::any_of(
      operations_, [](const Operation& each) { return each.kind == Kind::cas && !shows(each); });
  const Writers writers = writers_of_unique_pieces(operations_);
  if (writers.empty()) return;
  for (const auto& [text, writer] : writers) shown_[writer] = Shown::never;
  const auto raise = [&](std::string_view piece, Shown shown) {
    const auto writer = writers.find(piece);
    if (writer != writers.end()) shown_[writer->second] = std::max(shown_[writer->second], shown);
  };
  const char end = writers.begin()->first.back();
  trie_.for_each_shown_piece(end, [&](std::string_view piece) { raise(piece, Shown::surely); });
  if (last == operations_.size() || !shows(operations_[last])) return;
  for_each_piece(seen(operations_[last]), end,
                 [&](std::string_view piece) { raise(piece, Shown::maybe); });
}

/// Nobody ever sees what it wrote, nor that it did: it may as well never have happened. (A cas that
/// failed, or of which nothing is known, may have needed it.)
bool KeyValueModel::is_idle(std::size_t operation) const {
  return shown_[operation] == Shown::never && !has_other_cas_;
}

bool KeyValueModel::matters(std::size_t operation) const {
  return operations_[operation].is_known() ||
         (writes(operations_[operation]) && !is_idle(operation));
}

bool KeyValueModel::changes_nothing(State state, std::size_t index) const {
  const Operation& operation = operations_[index];
  if (operation.kind == Kind::get) return state == seen_[index];
  if (!writes(operation)) return state != seen_[index];
  if (!is_idle(index) || state != ValueTrie::unseen) return false;
  if (operation.kind == Kind::append) return true;
  return operation.kind == Kind::put &&
         trie_.walk(ValueTrie::empty, operation.argument) == ValueTrie::unseen;
}

std::optional<KeyValueModel::State> KeyValueModel::after(State state, std::size_t index,
                                                         std::size_t now) const {
  const Operation& operation = operations_[index];
  if (!writes(operation)) return std::nullopt;
  if (operation.kind == Kind::cas && state != seen_[index]) return std::nullopt;
  const State base = operation.kind == Kind::append ? state : ValueTrie::empty;
  const State next = trie_.at(trie_.walk(base, operation.argument), now);
  // Who has seen this write could not see it any more.
  if (shown_[index] == Shown::surely && next == ValueTrie::unseen) return std::nullopt;
  return next;
}

}  // namespace octet::grading
