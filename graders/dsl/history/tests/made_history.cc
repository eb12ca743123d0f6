#include "graders/dsl/history/tests/made_history.h"

#include <algorithm>

namespace octet::grading {
namespace {

using Kind = Operation::Kind;

std::vector<Kind> kinds_of(Model model) {
  switch (model) {
    case Model::key_value:
      return {Kind::get, Kind::get, Kind::put, Kind::append, Kind::append, Kind::cas};
    case Model::register_value:
      return {Kind::read, Kind::write};
    case Model::queue:
      return {Kind::enqueue, Kind::dequeue};
    case Model::lock:
      return {Kind::acquire, Kind::acquire, Kind::release};
  }
  return {};
}

}  // namespace

MadeHistory::MadeHistory(Model model, std::uint64_t seed, bool unique)
    : random_(seed, "histories"), unique_(unique) {
  const std::size_t count = 1 + random_.below(8);
  std::vector<std::pair<std::size_t, std::size_t>> effects;
  for (std::size_t i = 0; i < count; ++i) {
    all_.push_back(draw(model, i));
    all_.back().called = 10 * i + random_.below(30);
    effects.emplace_back(all_.back().called + 1 + random_.below(25), i);
  }
  failed_.resize(count);
  std::ranges::sort(effects);
  Contents contents = contents_at_first(model);
  for (const auto& [when, i] : effects) happen(when, i, contents);
  for (Operation& each : all_) spoil(each);
  settle();
}

std::string_view MadeHistory::text(std::size_t number) {
  if (unique_) return keep("<" + std::to_string(number) + ">");
  return keep(std::string(1 + random_.below(2), static_cast<char>('a' + random_.below(2))));
}

Operation MadeHistory::draw(Model model, std::size_t number) {
  const std::vector<Kind> kinds = kinds_of(model);
  Operation made{.client = random_.below(3), .kind = kinds.at(random_.below(kinds.size()))};
  made.argument = text(number);
  if (made.kind == Kind::cas) made.expected = random_.below(3) == 0 ? "" : text(random_.below(8));
  return made;
}

void MadeHistory::happen(std::size_t when, std::size_t number, Contents& contents) {
  Operation& each = all_[number];
  const std::uint64_t end = random_.below(10);
  failed_[number] = end == 0;
  if (end == 0) return;
  if (each.kind == Kind::cas && random_.below(2) == 0) each.expected = keep(contents.front());
  if (end > 2) {
    each.returned = when + 1 + random_.below(20);
    observe(each, contents);
  }
  if (end != 1) take_effect(each, contents);
}

/// What it gets. A release of what the client does not have can have no end.
void MadeHistory::observe(Operation& operation, const Contents& contents) {
  switch (operation.kind) {
    case Kind::get:
    case Kind::read:
      operation.result = keep(contents.front());
      break;
    case Kind::cas:
      operation.succeeded = contents.front() == operation.expected;
      break;
    case Kind::dequeue:
      operation.succeeded = !contents.empty();
      if (operation.succeeded) operation.result = keep(contents.front());
      break;
    case Kind::acquire:
      operation.succeeded = contents.empty();
      break;
    case Kind::release:
      if (!why_not(operation, contents).empty()) operation.returned = Operation::never;
      break;
    default:
      break;
  }
}

void MadeHistory::spoil(Operation& operation) {
  if (random_.below(6) != 0 || !operation.is_known()) return;
  if (operation.kind == Kind::cas || operation.kind == Kind::acquire) {
    operation.succeeded = !operation.succeeded;
  }
  if (operation.kind == Kind::get || operation.kind == Kind::read) {
    operation.result = all_[random_.below(all_.size())].result;
  }
  if (operation.kind == Kind::dequeue) {
    operation.succeeded = random_.below(3) > 0;
    operation.result = all_[random_.below(all_.size())].argument;
  }
  if (operation.kind == Kind::release) operation.client = random_.below(3);
}

/// What failed is no part of it, and no two things happen at one time.
void MadeHistory::settle() {
  Operations kept;
  for (std::size_t i = 0; i < all_.size(); ++i) {
    if (!failed_[i]) kept.push_back(all_[i]);
  }
  all_ = std::move(kept);
  std::vector<std::size_t*> times;
  for (Operation& each : all_) {
    times.push_back(&each.called);
    if (each.is_known()) times.push_back(&each.returned);
  }
  std::ranges::stable_sort(times, {}, [](const std::size_t* time) { return *time; });
  for (std::size_t i = 0; i < times.size(); ++i) *times[i] = i + 1;
}

}  // namespace octet::grading
