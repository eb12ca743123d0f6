#include "graders/stage3-partitioning/leaders_writes.h"

#include <fmt/format.h>

#include <algorithm>

#include "graders/dsl/text.h"
#include "runtime/check.h"
#include "runtime/erase/json.h"

namespace octet::leaders {
namespace {

std::string in_quotes(const std::string& text) {
  std::string out;
  erase::write_json_string(out, grading::shortened(text, 60));
  return out;
}

}  // namespace

Writes::Number Writes::set(const std::string& key, NodeId at, const Numbers& shown) {
  const Number number = size() + 1;
  // Some values have a zero byte in the middle, and the same beginning.
  const std::string value =
      number % 4 == 0 ? std::string("v\0", 2) + std::to_string(number) : std::to_string(number);
  return set(key, value, at, shown);
}

Writes::Number Writes::set(const std::string& key, const std::string& value, NodeId at,
                           const Numbers& shown) {
  const bool is_new = by_value_[key].emplace(value, size()).second;
  OCTET_CHECK(is_new, "a value tells which write it is of");
  return append({.at = at, .input = Set{key, value}}, shown);
}

Writes::Number Writes::add(const std::string& counter, NodeId at, const Numbers& shown) {
  std::vector<Number>& adds = adds_[counter];
  OCTET_CHECK(adds.size() < 60, "more powers of two have no sum in 64 bits");
  const std::int64_t amount = std::int64_t{1} << adds.size();
  adds.push_back(size());
  return append({.at = at, .input = Add{counter, adds.size() % 2 == 1 ? amount : -amount}}, shown);
}

Writes::Number Writes::append(Write write, const Numbers& shown) {
  const Number number = size();
  OCTET_CHECK(number < most, "sets of writes have so many places");
  const auto* set = std::get_if<Set>(&write.input);
  write.causes = shown;
  for (Number each = 0; each < number; ++each) {
    if (!shown[each]) continue;
    write.causes |= causes(each);
    const auto* known = std::get_if<Set>(&input(each));
    if (set == nullptr || known == nullptr || set->key != known->key) continue;
    write.beats |= writes_[each].beats;
    write.beats.set(each);
  }
  writes_.push_back(std::move(write));
  return number;
}

Writes::Shown Writes::shown_in(const View& view) const {
  Shown shown;
  for (const auto& [key, value] : view.values) {
    const auto of_key = by_value_.find(key);
    if (of_key != by_value_.end() && of_key->second.contains(value)) {
      shown.writes.set(of_key->second.at(value));
    } else {
      shown.wrong =
          fmt::format("{} = {}, which nobody has written", in_quotes(key), in_quotes(value));
    }
  }
  for (const auto& [counter, sum] : view.counters) {
    if (!ignored_.contains(counter)) decode(counter, sum, shown);
  }
  return shown;
}

/// Digit by digit in base -2.
void Writes::decode(const std::string& counter, std::int64_t sum, Shown& shown) const {
  const auto adds = adds_.find(counter);
  std::int64_t rest = sum;
  for (std::size_t digit = 0; rest != 0; ++digit) {
    const std::int64_t bit = rest & 1;
    if (bit != 0 && (adds == adds_.end() || digit >= adds->second.size())) {
      shown.wrong = fmt::format(
          "{} for the counter {}, which is no sum of what was added to it: something has been "
          "added twice, or changed (ML2)",
          sum, in_quotes(counter));
      return;
    }
    if (bit != 0) shown.writes.set(adds->second[digit]);
    rest = (rest - bit) / -2;
  }
}

std::string Writes::missing(const Numbers& these, const Numbers& shown) const {
  for (Number each = 0; each < size(); ++each) {
    if (!these[each] || shown[each]) continue;
    const auto instead = shown_instead_of(each, shown);
    if (!instead) return text_of(each);
    if (writes_[each].beats[*instead]) {
      return fmt::format("{} but {}, which leader {} knew", text_of(each), text_of(*instead),
                         at(each).value);
    }
  }
  return "";
}

std::optional<Writes::Number> Writes::shown_instead_of(Number write, const Numbers& shown) const {
  const auto* set = std::get_if<Set>(&input(write));
  if (set == nullptr) return std::nullopt;
  const auto& of_key = by_value_.at(set->key);
  const auto other =
      std::ranges::find_if(of_key, [&](const auto& entry) { return shown[entry.second]; });
  if (other == of_key.end()) return std::nullopt;
  return other->second;
}

std::string Writes::text_of(Number write) const {
  const NodeId leader = at(write);
  if (const auto* set = std::get_if<Set>(&input(write))) {
    return fmt::format("{} = {} of leader {}", in_quotes(set->key), in_quotes(set->value),
                       leader.value);
  }
  const auto& add = std::get<Add>(input(write));
  return fmt::format("the {} that leader {} has added to {}", add.amount, leader.value,
                     in_quotes(add.key));
}

}  // namespace octet::leaders
