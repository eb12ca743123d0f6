#include "graders/stage3-partitioning/key_witness.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace octet::store {
namespace {

void add(std::vector<bool>& all, const std::vector<bool>& more) {
  all.resize(std::max(all.size(), more.size()));
  for (std::size_t i = 0; i < more.size(); ++i) all[i] = all[i] || more[i];
}

bool has(const std::vector<bool>& set, std::size_t write) {
  return write < set.size() && set[write];
}

std::string in_words(const KeyWitness::Values& values) {
  return values.empty() ? "no value" : fmt::format("\"{}\"", fmt::join(values, "\", \""));
}

}  // namespace

KeyWitness::Write KeyWitness::begin_write(const Values& seen) {
  const Write write = writes_.size();
  Written written{.value = fmt::format("{}#{}", key_, write + 1), .replaces = {}};
  for (const std::string& value : seen) {
    const Write before = by_value_.at(value);
    add(written.replaces, writes_[before].replaces);
    written.replaces.resize(std::max(written.replaces.size(), before + 1));
    written.replaces[before] = true;
  }
  by_value_[written.value] = write;
  writes_.push_back(std::move(written));
  return write;
}

std::string KeyWitness::failed(Write write) {
  writes_.at(write).has_failed = true;
  if (!writes_[write].was_shown) return {};
  return fmt::format("the write of \"{}\" has failed, though a read has shown that value",
                     value(write));
}

std::string KeyWitness::read(std::size_t acknowledged, const Values& values) {
  const auto shows = [&](const std::string& what) {
    return fmt::format("a read of \"{}\" shows {}{}", key_, in_words(values), what);
  };
  Set shown(writes_.size());
  Set replaced;
  for (const std::string& value : values) {
    const auto found = by_value_.find(value);
    if (found == by_value_.end()) return shows(", and nobody has written \"" + value + "\"");
    Written& written = writes_[found->second];
    if (written.has_failed) return shows(", and the write of \"" + value + "\" had failed");
    written.was_shown = true;
    shown[found->second] = true;
    add(replaced, written.replaces);
  }
  for (Write write = 0; write < writes_.size(); ++write) {
    if (!shown[write] || !has(replaced, write)) continue;
    return shows(", and who wrote another of these had seen \"" + value(write) + "\" (DQ2)");
  }
  for (std::size_t i = 0; i < acknowledged; ++i) {
    if (shown[stored_[i]] || has(replaced, stored_[i])) continue;
    return shows(fmt::format(
        "; \"{}\" was acknowledged before it began, and nobody who had seen it wrote any of these",
        value(stored_[i])));
  }
  return {};
}

}  // namespace octet::store
