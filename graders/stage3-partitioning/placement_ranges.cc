#include "graders/stage3-partitioning/placement_ranges.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "graders/dsl/graded_test.h"

namespace octet::grading::placing {
namespace {

std::string place(const Range& range) {
  return fmt::format("[{}, {}) of {}", shown(range.begin),
                     range.end ? shown(*range.end) : std::string("no end"), text(range.owner));
}

std::string places(const std::vector<Range>& ranges) {
  std::string all;
  for (const Range& range : ranges) all += "\n  " + place(range);
  return all;
}

/// Calls with a key that is gone afterwards: whoever wants to keep it has to copy it.
template <class Call>
bool with_copy(std::string_view key, Call call) {
  std::string copy(key);
  const bool result = call(copy);
  std::ranges::fill(copy, '?');
  return result;
}

bool is_same_place(const Range& left, const Range& right) {
  return left.begin == right.begin && left.end == right.end && left.owner == right.owner;
}

bool is_in(std::string_view key, const Range& range) {
  return range.begin <= key && (!range.end || key < *range.end);
}

/// One of them begins in the other.
bool overlap(const Range& left, const Range& right) {
  return is_in(left.begin, right) || is_in(right.begin, left);
}

}  // namespace

std::string text(const Range& range) {
  return fmt::format("{}, epoch {}", place(range), range.epoch);
}

WatchedRanges::WatchedRanges(NodeId first_owner)
    : map_(placement::make_range_map(first_owner)), owners_{{"", first_owner}} {
  expect_ranges("at first");
}

void WatchedRanges::split(std::string_view at, NodeId upper_owner) {
  const bool expected = owners_.try_emplace(std::string(at), upper_owner).second;
  const bool result =
      with_copy(at, [&](std::string_view key) { return map_->split(key, upper_owner); });
  expect_result(result, expected, fmt::format("split({}, {})", shown(at), upper_owner.value));
}

void WatchedRanges::merge(std::string_view at) {
  const bool expected = !at.empty() && owners_.erase(std::string(at)) == 1;
  const bool result = with_copy(at, [&](std::string_view key) { return map_->merge(key); });
  expect_result(result, expected, fmt::format("merge({})", shown(at)));
}

void WatchedRanges::move(std::string_view begin, NodeId to) {
  const auto range = owners_.find(std::string(begin));
  const bool expected = range != owners_.end();
  if (expected) range->second = to;
  const bool result = with_copy(begin, [&](std::string_view key) { return map_->move(key, to); });
  expect_result(result, expected, fmt::format("move({}, {})", shown(begin), to.value));
}

void WatchedRanges::look_up(const std::vector<std::string>& keys) const {
  const std::vector<Range> all = ranges();
  for (const std::string& key : keys) {
    const Range got = map_->range_of(key);
    const auto right =
        std::ranges::find_if(all, [&](const Range& range) { return is_in(key, range); });
    if (got == *right) continue;
    fail(fmt::format("the key {} is in {}, but range_of() says {} (PT7)", shown(key), text(*right),
                     text(got)));
  }
}

void WatchedRanges::expect_result(bool result, bool expected, const std::string& call) const {
  tell(call);
  if (result != expected) fail(fmt::format("{} is {}, but should be {}", call, result, expected));
  expect_ranges("after " + call);
}

void WatchedRanges::expect_ranges(const std::string& after) const {
  std::vector<Range> expected;
  for (auto range = owners_.begin(); range != owners_.end(); ++range) {
    const auto next = std::next(range);
    const bool is_last = next == owners_.end();
    expected.push_back({.begin = range->first,
                        .end = is_last ? std::nullopt : std::optional(next->first),
                        .owner = range->second});
  }
  const std::vector<Range> got = ranges();
  if (std::ranges::equal(expected, got, is_same_place)) return;
  fail(fmt::format("{} there should be{}\nbut there are{}", after, places(expected), places(got)));
}

void expect_later_epochs(const std::vector<Range>& before, const std::vector<Range>& after,
                         const std::string& what) {
  for (const Range& now : after) {
    for (const Range& then : before) {
      if (!overlap(now, then)) continue;
      const bool has_changed = !is_same_place(now, then);
      if (has_changed ? now.epoch > then.epoch : now.epoch == then.epoch) continue;
      fail(fmt::format("{}: {}\nbecomes {},\nwhich should have {}", what, text(then), text(now),
                       has_changed ? "a later epoch" : "the same epoch, since it has not changed"));
    }
  }
}

}  // namespace octet::grading::placing
