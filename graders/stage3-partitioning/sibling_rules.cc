#include "graders/stage3-partitioning/sibling_rules.h"

#include <fmt/format.h>

#include <algorithm>

#include "graders/dsl/text.h"

namespace octet::store {
namespace {

std::string in_quotes(std::string_view value) {
  return '"' + grading::shortened(value, 40) + '"';
}

std::string name_of(const std::optional<std::string>& value) {
  return value ? in_quotes(*value) : "a deletion";
}

template <class Writes>
std::vector<std::size_t> stored_among(const Writes& writes) {
  std::vector<std::size_t> stored;
  for (std::size_t place = 0; place < writes.size(); ++place) {
    if (writes[place].is_stored) stored.push_back(place);
  }
  return stored;
}

}  // namespace

void SiblingRules::begin(std::size_t request, const Input& asked) {
  const auto begin_one = [&]<class T>(const T& what) {
    if constexpr (!std::is_same_v<T, NewMap>) {
      Request& begun = requests_[request] = {.key = what.key};
      Key& key = keys_[what.key];
      if (what.level == Level::strong) key.can_tell = false;
      if constexpr (std::is_same_v<T, Get>) {
        begun.stored_before = stored_among(key.writes);
      } else if constexpr (std::is_same_v<T, Put>) {
        begin_write(what.key, begun, what.value, what.context);
      } else {
        begin_write(what.key, begun, std::nullopt, what.context);
      }
    }
  };
  std::visit(begin_one, asked);
}

void SiblingRules::begin_write(const std::string& name, Request& request,
                               std::optional<std::string> value, const std::string& context) {
  Key& key = keys_[name];
  const Place place = key.writes.size();
  request.write = place;
  if (value && !key.by_value.emplace(*value, place).second) key.can_tell = false;
  Write& write = key.writes.emplace_back(Write{.value = std::move(value)});
  const auto shown = key.shown_with.find(context);
  if (context.empty() || shown == key.shown_with.end()) return;
  for (const Place seen : shown->second) {
    const std::set<Place>& earlier = key.writes[seen].had_seen;
    write.had_seen.insert(seen);
    write.had_seen.insert(earlier.begin(), earlier.end());
    key.writes[seen].replaced_by.push_back(place);
  }
}

std::string SiblingRules::end(std::size_t number, const Output& how) {
  const Request& request = requests_.at(number);
  if (const auto* got = std::get_if<Got>(&how)) return end_read(request, *got);
  return request.write ? end_write(keys_.at(request.key).writes[*request.write], how) : "";
}

std::string SiblingRules::end_write(Write& write, const Output& how) {
  write.is_stored = std::holds_alternative<Stored>(how);
  write.has_failed = std::holds_alternative<Failed>(how);
  if (!write.has_failed || !write.was_read) return "";
  return "Failed for a write that has taken effect: " + name_of(write.value) + " was read";
}

std::string SiblingRules::end_read(const Request& request, const Got& got) {
  Key& key = keys_.at(request.key);
  if (!key.can_tell) return "";
  ++checked_;
  if (!std::ranges::is_sorted(got.values)) return "the values are not in the order of their bytes";
  std::set<Place> shown;
  for (const std::string& value : got.values) {
    const auto place = key.by_value.find(value);
    if (place == key.by_value.end()) return in_quotes(value) + ", which nobody has written";
    Write& write = key.writes[place->second];
    write.was_read = true;
    if (write.has_failed) return in_quotes(value) + ", and that write had failed";
    if (!shown.insert(place->second).second) {
      return in_quotes(value) + " twice, and it was written once (DQ5)";
    }
  }
  key.shown_with[got.context].insert(shown.begin(), shown.end());
  return check(key, shown, quorums_meet_ ? request.stored_before : std::vector<Place>());
}

std::string SiblingRules::whole(const std::string& name,
                                const std::vector<std::string>& values) const {
  const auto place = keys_.find(name);
  if (place == keys_.end()) return values.empty() ? "" : "a key that nobody has written";
  const Key& key = place->second;
  if (!key.can_tell) return "";
  std::set<Place> shown;
  for (const std::string& value : values) {
    const auto write = key.by_value.find(value);
    if (write == key.by_value.end()) return in_quotes(value) + ", which nobody has written";
    shown.insert(write->second);
  }
  return check(key, shown, stored_among(key.writes));
}

std::string SiblingRules::check(const Key& key, const std::set<Place>& shown,
                                const std::vector<Place>& stored) {
  const auto replaced_by = [&](const Write& write) -> const Write* {
    for (const Place seen : write.had_seen) {
      if (shown.contains(seen)) return &key.writes[seen];
    }
    return nullptr;
  };
  for (const Place place : shown) {
    const Write& write = key.writes[place];
    if (const Write* old = replaced_by(write)) {
      return fmt::format("{} beside {}, which was written by somebody who had seen it (DQ2)",
                         name_of(old->value), name_of(write.value));
    }
  }
  for (const Place place : stored) {
    const Write& write = key.writes[place];
    if (const Write* old = replaced_by(write)) {
      return fmt::format("{}, which {} has replaced: that had been stored before (DQ2)",
                         name_of(old->value), name_of(write.value));
    }
    if (write.value && !is_explained(key, shown, place)) {
      return fmt::format(
          "no {}, which had been stored before, and nothing that has replaced it "
          "(DQ3)",
          name_of(write.value));
    }
  }
  return "";
}

/// It is there; or it has been replaced by a deletion, or by something that is explained.
bool SiblingRules::is_explained(const Key& key, const std::set<Place>& shown, Place place) {
  std::set<Place> reached;
  std::vector<Place> next = {place};
  while (!next.empty()) {
    const Place one = next.back();
    next.pop_back();
    const Write& write = key.writes[one];
    if (write.has_failed || !reached.insert(one).second) continue;
    if (!write.value || shown.contains(one)) return true;
    next.insert(next.end(), write.replaced_by.begin(), write.replaced_by.end());
  }
  return false;
}

}  // namespace octet::store
