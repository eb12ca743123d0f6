#include "graders/dsl/world/story.h"

#include <fmt/format.h>

#include "graders/dsl/text.h"
#include "runtime/trace/story.h"
#include "runtime/trace/text.h"

namespace octet::grading {
namespace {

constexpr std::size_t most_content = 120;  // bytes of a message or record

std::string text_of(trace::Event event) {
  event.json = shortened(event.json, most_content);
  const std::string at = trace::time_text(event.at);
  if (event.kind == trace::Event::Kind::note) return fmt::format("{}  {}", at, event.text);
  return fmt::format("{}  {}: {}", at, place_of(event), in_words(event));
}

}  // namespace

std::vector<std::string> story_of(const trace::Trace& trace) {
  std::vector<std::string> story;
  for (const trace::StoryEvent& each : trace::story_events(trace)) {
    if (each.left_out > 0) {
      story.push_back(fmt::format("... {} things that happened are left out ...", each.left_out));
    }
    story.push_back(text_of(trace.events[each.number - 1]));
  }
  return story;
}

}  // namespace octet::grading
