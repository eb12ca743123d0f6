#include "graders/dsl/world/report_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/report.h"
#include "graders/dsl/test_process.h"
#include "graders/dsl/world/story.h"
#include "runtime/search/trace_of.h"
#include "runtime/trace/json_lines.h"
#include "runtime/trace/text.h"

namespace octet::grading {
namespace {

/// What shrinking may cost, in events of all its runs together: a second or two. The same on every
/// machine, so that the story is.
constexpr std::uint64_t events_to_spend = 300'000;
constexpr std::uint64_t events_in_trace = 100'000;

/// If shrinking ends the process, by a run that crashes, this still counts.
void note_in_case(const std::string& failure) {
  if (report() != nullptr) report()->known.set(failure);
}

std::size_t most_runs(const sim::World& world) {
  return static_cast<std::size_t>(
      std::clamp<std::uint64_t>(events_to_spend / (world.events() + 1), 10, 2'000));
}

void tell_story(const trace::Trace& trace) {
  for (std::string& line : story_of(trace)) tell(std::move(line));
}

/// Writes the trace to where this process was ordered to, if it was: SUITE.NAME.trace, with `more`
/// before the end. Returns the file, or nothing.
std::string keep_trace(trace::Trace trace, std::string_view more = "") {
  const TestOrder& order = current_order();
  if (order.traces.empty()) return {};
  trace.title = order.test;
  trace.replay = order.replay;
  const std::string file = fmt::format("{}/{}{}.trace", order.traces, order.test, more);
  std::ofstream out(file, std::ios::binary);
  write_json_lines(out, trace);
  if (!out.flush()) return {};  // a disk that is full is no reason to fail a solution
  if (report() != nullptr && more.empty()) report()->trace_file.set(file);
  return file;
}

}  // namespace

void keep_passing(const Experiment& experiment, const sim::Plan& plan) {
  const TestOrder& order = current_order();
  if (!order.keep_passing) return;
  keep_trace(traced(experiment, plan, events_in_trace, order.stop_at));
}

void report_failure(const Experiment& experiment, const sim::Plan& plan, const sim::World& failed) {
  note_in_case(failed.failure());
  const Minimized smallest = minimize(experiment, plan, most_runs(failed));
  const trace::Trace trace = traced(experiment, smallest, events_in_trace, current_order().stop_at);
  keep_trace(trace);
  tell_story(trace);
  fail(smallest.story());
}

void report_search(const search::Model& model, const search::Result& result) {
  keep_trace(search::trace_of(model, result));
  std::string story = result.story();
  while (story.ends_with('\n')) story.pop_back();
  fail(std::move(story));
}

void report_difference(const trace::Trace& first, const trace::Trace& second) {
  const auto [one, other] = std::ranges::mismatch(first.events, second.events);
  const auto words = [](const trace::Trace& trace, auto event) {
    if (event == trace.events.end()) return std::string("the run was over");
    return fmt::format("{} {}", place_of(*event), in_words(*event));
  };
  const std::string again = keep_trace(second, ".again");
  const std::string kept = keep_trace(first);
  tell_story(first);
  std::string text = fmt::format(
      "told the same twice, the nodes did two things. A node may use nothing but what it is told: "
      "no clock, no random numbers, no addresses, no globals.\n"
      "Event {} was, once: {}\nand then: {}\n",
      one - first.events.begin() + 1, words(first, one), words(second, other));
  if (!again.empty()) {
    text += fmt::format("side by side: ./lab view {} --compare {}\n", kept, again);
  }
  fail(std::move(text));
}

}  // namespace octet::grading
