#include "runtime/trace/story.h"

#include <algorithm>
#include <map>
#include <set>

namespace octet::trace {
namespace {

using Kind = Event::Kind;
using Numbers = std::vector<std::uint64_t>;

constexpr std::size_t few = 25;  // that all of them are shown
constexpr std::size_t before_a_fault = 4;
constexpr std::size_t at_the_end = 12;
constexpr std::size_t most_faults = 6;
constexpr std::size_t most_of_applications = 8;
constexpr std::size_t small_gap = 2;  // that is not worth a line of its own

/// Not what another event shows as well, and not what a node does for itself.
bool is_told(const Event& event) {
  switch (event.kind) {
    case Kind::send:
    case Kind::set_timer:
    case Kind::cancel_timer:
    case Kind::persist:
    case Kind::durable:
    case Kind::duplicate:
    case Kind::call:
    case Kind::result:
      return false;
    default:
      return true;
  }
}

bool is_fault(const Event& event) {
  switch (event.kind) {
    case Kind::crash:
    case Kind::pause:
    case Kind::cut:
    case Kind::clock:
    case Kind::disk:
    case Kind::fail:
      return true;
    default:
      return false;
  }
}

bool is_of_application(const Event& event) {
  return event.kind == Kind::input || event.kind == Kind::emit;
}

/// What a handler still did when its node crashed in it says more than all else.
bool is_cut_short(const Event& effect, const std::map<NodeId, Duration>& next_crash) {
  if (effect.kind != Kind::send && effect.kind != Kind::persist) return false;
  const auto crash = next_crash.find(effect.node);
  return crash != next_crash.end() && crash->second == effect.at;
}

/// All that is worth telling.
Numbers told(const Trace& trace) {
  Numbers numbers;
  std::map<NodeId, Duration> next_crash;
  for (std::uint64_t number = trace.events.size(); number > 0; --number) {
    const Event& event = trace.events[number - 1];
    if (event.kind == Kind::crash) next_crash[event.node] = event.at;
    if (is_told(event) || is_cut_short(event, next_crash)) numbers.push_back(number);
  }
  std::ranges::reverse(numbers);
  return numbers;
}

/// A witness may be something that a handler did and that is not told; then the handler is.
std::set<std::uint64_t> told_witnesses(const Trace& trace, const Numbers& lines) {
  std::set<std::uint64_t> witnesses;
  for (std::uint64_t number : trace.witnesses) {
    while (number > 0 && number <= trace.events.size() &&
           !std::ranges::binary_search(lines, number)) {
      const std::uint64_t cause = trace.events[number - 1].cause;
      number = cause < number ? cause : 0;  // a file may say anything
    }
    if (number > 0 && number <= trace.events.size()) witnesses.insert(number);
  }
  return witnesses;
}

/// Which of them to keep: how it ended, the last faults and what came before each, and the last
/// that applications said and heard.
std::vector<bool> chosen(const Trace& trace, const Numbers& lines) {
  std::vector<bool> keep(lines.size(), lines.size() <= few);
  const auto keep_upto = [&](std::size_t last, std::size_t count) {
    for (std::size_t i = last + 1 - std::min(last + 1, count); i <= last; ++i) keep[i] = true;
  };
  if (!lines.empty()) keep_upto(lines.size() - 1, at_the_end);
  const auto keep_last = [&](bool (*is_one)(const Event&), std::size_t most, std::size_t lead) {
    for (std::size_t i = lines.size(); i-- > 0 && most > 0;) {
      if (!is_one(trace.events[lines[i] - 1])) continue;
      keep_upto(i, lead + 1);
      --most;
    }
  };
  keep_last(is_fault, most_faults, before_a_fault);
  keep_last(is_of_application, most_of_applications, 0);
  return keep;
}

/// How many lines from `begin` on are not kept.
std::size_t gap_at(std::size_t begin, const std::vector<bool>& keep) {
  const auto first = keep.begin() + static_cast<std::ptrdiff_t>(begin);
  return static_cast<std::size_t>(std::find(first, keep.end(), true) - first);
}

void fill_small_gaps(std::vector<bool>& keep) {
  for (std::size_t i = 0; i < keep.size(); ++i) {
    const std::size_t gap = gap_at(i, keep);
    if (gap <= small_gap) std::fill_n(keep.begin() + static_cast<std::ptrdiff_t>(i), gap, true);
    i += gap;
  }
}

}  // namespace

std::vector<StoryEvent> story_events(const Trace& trace) {
  const Numbers lines = told(trace);
  const std::set<std::uint64_t> witnesses = told_witnesses(trace, lines);
  std::vector<bool> keep = chosen(trace, lines);
  for (std::size_t i = 0; i < lines.size(); ++i) keep[i] = keep[i] || witnesses.contains(lines[i]);
  fill_small_gaps(keep);
  std::vector<StoryEvent> story;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::size_t gap = gap_at(i, keep);  // the last one is always kept
    i += gap;
    story.push_back(
        {.number = lines[i], .left_out = gap, .is_witness = witnesses.contains(lines[i])});
  }
  return story;
}

}  // namespace octet::trace
