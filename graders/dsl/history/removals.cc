#include "graders/dsl/history/removals.h"

#include <algorithm>
#include <map>

namespace octet::grading {
namespace {

using Kind = Operation::Kind;

bool is_reader(const Operation& each) {
  if (each.kind == Kind::get || each.kind == Kind::read) return true;
  const bool may_fail =
      each.kind == Kind::cas || each.kind == Kind::dequeue || each.kind == Kind::acquire;
  return may_fail && each.is_known() && !each.succeeded;
}

/// Dequeues without a known end are of no value, and stay.
std::vector<Group> by_value(const Operations& operations) {
  std::map<std::string_view, Group> groups;
  for (std::size_t i = 0; i < operations.size(); ++i) {
    const Operation& each = operations[i];
    if (is_reader(each) || (each.kind == Kind::dequeue && !each.is_known())) continue;
    groups[each.kind == Kind::enqueue ? each.argument : each.result].push_back(i);
  }
  std::vector<Group> all;
  for (auto& [value, group] : groups) all.push_back(std::move(group));
  return all;
}

/// Whether each operation returned before the next was called.
bool are_in_sequence(const Operations& operations, const Group& group) {
  for (std::size_t k = 0; k + 1 < group.size(); ++k) {
    if (operations[group[k]].returned > operations[group[k + 1]].called) return false;
  }
  return true;
}

/// A client's acquires with their releases; all that a client does, when nobody knows for sure what
/// belongs together.
std::vector<Group> by_holding(const Operations& operations) {
  std::map<std::uint64_t, Group> of_clients;
  for (std::size_t i = 0; i < operations.size(); ++i) {
    if (!is_reader(operations[i])) of_clients[operations[i].client].push_back(i);
  }
  std::vector<Group> all;
  for (auto& [client, group] : of_clients) {
    std::ranges::sort(group, {}, [&](std::size_t i) { return operations[i].called; });
    const bool is_told = are_in_sequence(operations, group);
    for (std::size_t k = 0; k < group.size(); ++k) {
      if (k == 0 || (is_told && operations[group[k]].kind == Kind::acquire)) all.emplace_back();
      all.back().push_back(group[k]);
    }
  }
  return all;
}

bool sees(const Operation& reader, const Operation& writer) {
  if (reader.kind == Kind::read) return reader.result == writer.argument;
  if (reader.kind == Kind::acquire) return true;
  if (reader.kind == Kind::cas && reader.is_known() && !reader.succeeded) return true;
  const std::string_view seen = reader.kind == Kind::get ? reader.result : reader.expected;
  return seen.find(writer.argument) != std::string_view::npos;
}

bool looks(const Operation& each) {
  return is_reader(each) || each.kind == Kind::cas;
}

}  // namespace

std::vector<Group> readers(const Operations& operations) {
  std::vector<Group> all;
  for (std::size_t i = 0; i < operations.size(); ++i) {
    if (is_reader(operations[i])) all.push_back({i});
  }
  return all;
}

std::vector<Group> writers(const Operations& operations) {
  if (operations.empty()) return {};
  const Model model = model_of(operations.front().kind);
  if (model == Model::queue) return by_value(operations);
  if (model == Model::lock) return by_holding(operations);
  std::vector<Group> all;
  for (std::size_t i = 0; i < operations.size(); ++i) {
    if (!is_reader(operations[i])) all.push_back({i});
  }
  return all;
}

bool are_unseen(const Operations& removed, const Operations& remaining) {
  const bool is_queue = !removed.empty() && model_of(removed.front().kind) == Model::queue;
  if (is_queue) return true;  // all of a value goes, and what is empty stays so
  Operations observers;
  std::ranges::copy_if(remaining, std::back_inserter(observers), looks);
  return std::ranges::none_of(removed, [&](const Operation& gone) {
    return !is_reader(gone) &&
           std::ranges::any_of(observers, [&](const Operation& each) { return sees(each, gone); });
  });
}

}  // namespace octet::grading
