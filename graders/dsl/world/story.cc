#include "graders/dsl/world/story.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <ranges>

#include "graders/dsl/text.h"
#include "runtime/trace/text.h"

namespace octet::grading {
namespace {

using Kind = trace::Event::Kind;
using Lines = std::vector<const trace::Event*>;

constexpr std::size_t few = 25;  // that all of them are shown
constexpr std::size_t before_a_fault = 4;
constexpr std::size_t at_the_end = 12;
constexpr std::size_t most_faults = 6;
constexpr std::size_t most_of_applications = 8;
constexpr std::size_t small_gap = 2;       // that is not worth a line of its own
constexpr std::size_t most_content = 120;  // bytes of a message or record

/// Not what another event shows as well, and not what a node does for itself.
bool is_told(const trace::Event& event) {
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

bool is_fault(const trace::Event& event) {
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

bool is_of_application(const trace::Event& event) {
  return event.kind == Kind::input || event.kind == Kind::emit;
}

/// What a handler still did when its node crashed in it says more than all else.
bool is_cut_short(const trace::Event& effect, const std::map<NodeId, Duration>& next_crash) {
  if (effect.kind != Kind::send && effect.kind != Kind::persist) return false;
  const auto crash = next_crash.find(effect.node);
  return crash != next_crash.end() && crash->second == effect.at;
}

Lines lines_of(const trace::Trace& trace) {
  Lines lines;
  std::map<NodeId, Duration> next_crash;
  for (const trace::Event& event : std::views::reverse(trace.events)) {
    if (event.kind == Kind::crash) next_crash[event.node] = event.at;
    if (is_told(event) || is_cut_short(event, next_crash)) lines.push_back(&event);
  }
  std::ranges::reverse(lines);
  return lines;
}

/// Which of them to keep: how it ended, the last faults and what came before each, and the last
/// that applications said and heard.
std::vector<bool> chosen(const Lines& lines) {
  std::vector<bool> keep(lines.size(), lines.size() <= few);
  const auto keep_upto = [&](std::size_t last, std::size_t count) {
    for (std::size_t i = last + 1 - std::min(last + 1, count); i <= last; ++i) keep[i] = true;
  };
  if (!lines.empty()) keep_upto(lines.size() - 1, at_the_end);
  const auto keep_last = [&](bool (*is_one)(const trace::Event&), std::size_t most,
                             std::size_t lead) {
    for (std::size_t i = lines.size(); i-- > 0 && most > 0;) {
      if (!is_one(*lines[i])) continue;
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

std::string text_of(trace::Event event) {
  event.json = shortened(event.json, most_content);
  const std::string at = trace::time_text(event.at);
  if (event.kind == Kind::note) return fmt::format("{}  {}", at, event.text);
  return fmt::format("{}  {}: {}", at, place_of(event), in_words(event));
}

}  // namespace

std::vector<std::string> story_of(const trace::Trace& trace) {
  const Lines lines = lines_of(trace);
  std::vector<bool> keep = chosen(lines);
  fill_small_gaps(keep);
  std::vector<std::string> story;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (keep[i]) {
      story.push_back(text_of(*lines[i]));
      continue;
    }
    story.push_back(fmt::format("... {} things that happened are left out ...", gap_at(i, keep)));
    i += gap_at(i, keep) - 1;
  }
  return story;
}

}  // namespace octet::grading
