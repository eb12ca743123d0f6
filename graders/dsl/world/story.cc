#include "graders/dsl/world/story.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <ranges>

#include "runtime/trace/text.h"

namespace octet::grading {
namespace {

using Kind = trace::Event::Kind;
using Lines = std::vector<const trace::Event*>;

constexpr std::size_t few = 25;  // that all of them are shown
constexpr std::size_t before_a_fault = 4;
constexpr std::size_t at_the_end = 12;
constexpr std::size_t most_faults = 6;

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

/// Which of them to keep.
std::vector<bool> chosen(const Lines& lines) {
  std::vector<bool> keep(lines.size(), lines.size() <= few);
  const auto keep_upto = [&](std::size_t last, std::size_t count) {
    for (std::size_t i = last + 1 - std::min(last + 1, count); i <= last; ++i) keep[i] = true;
  };
  if (!lines.empty()) keep_upto(lines.size() - 1, at_the_end);
  std::size_t faults = 0;
  for (std::size_t i = lines.size(); i-- > 0 && faults < most_faults;) {
    if (!is_fault(*lines[i])) continue;
    keep_upto(i, before_a_fault + 1);
    ++faults;
  }
  return keep;
}

std::string text_of(const trace::Event& event) {
  const std::string at = trace::time_text(event.at);
  if (event.kind == Kind::note) return fmt::format("{}  {}", at, event.text);
  return fmt::format("{}  {}: {}", at, place_of(event), in_words(event));
}

}  // namespace

std::vector<std::string> story_of(const trace::Trace& trace) {
  const Lines lines = lines_of(trace);
  const std::vector<bool> keep = chosen(lines);
  std::vector<std::string> story;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (keep[i]) {
      story.push_back(text_of(*lines[i]));
      continue;
    }
    const auto next = std::find(keep.begin() + static_cast<std::ptrdiff_t>(i), keep.end(), true);
    const auto end = static_cast<std::size_t>(next - keep.begin());
    story.push_back(fmt::format("... {} things that happened are left out ...", end - i));
    i = end - 1;
  }
  return story;
}

}  // namespace octet::grading
