#include "graders/dsl/outcome.h"

#include <fmt/format.h>
#include <signal.h>
#include <sys/wait.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "graders/dsl/crash_trace.h"
#include "graders/dsl/sanitizers.h"
#include "graders/dsl/test_process.h"
#include "runtime/descriptor.h"
#include "runtime/untrusted_text.h"

namespace octet::grading {
namespace {

std::string megabytes(std::size_t bytes) {
  return fmt::format("{} MiB", bytes >> 20);
}

bool is_sanitizer_report(const Ending& ending) {
  return sanitized && WIFEXITED(ending.status) && WEXITSTATUS(ending.status) == sanitizer_exit;
}

/// Where a sanitizer's report begins, of this process or of one that it forked; npos if nowhere.
std::size_t begin_of_sanitizer_report(const std::string& text) {
  if (!sanitized) return std::string::npos;
  std::size_t headline = std::string::npos;
  for (const char* const sign :
       {"ERROR: ", "runtime error: ", "WARNING: Thread", "hard rss limit"}) {
    headline = std::min(headline, text.find(sign));
  }
  return headline == std::string::npos ? headline : text.rfind('\n', headline) + 1;
}

/// Where on stderr the system's own words about the end of a process begin: a sanitizer's report,
/// or the line that was printed before an abort. The end of the text if there are none.
std::size_t begin_of_last_words(const std::string& text, const Ending& ending) {
  const std::size_t report = begin_of_sanitizer_report(text);
  if (report != std::string::npos) return report;
  const bool aborted = WIFSIGNALED(ending.status) && WTERMSIG(ending.status) == SIGABRT;
  const std::string_view line = last_lines(text, 1);
  return aborted ? static_cast<std::size_t>(line.data() - text.data()) : text.size();
}

std::string last_words(const Ending& ending) {
  const std::string text = ending.standard_error.text();
  return printable(
      first_lines(std::string_view(text).substr(begin_of_last_words(text, ending)), 25));
}

std::string aborted(const Report& report, const Ending& ending) {
  if (report.uncaught.length > 0) return printable(report.uncaught.get());
  const std::string words = last_words(ending);
  return words.empty() ? "aborted (SIGABRT)" : "aborted (SIGABRT): " + words;
}

std::string killed(int signal, const Report& report, const Ending& ending, const Limits& limits) {
  const bool out_of_cpu =
      signal == SIGXCPU ||
      (signal == SIGKILL && ending.cpu_seconds >= static_cast<double>(limits.cpu.count()));
  if (out_of_cpu) {
    return fmt::format("used all of its {} of processor time: it probably runs in a circle",
                       count_of(static_cast<std::size_t>(limits.cpu.count()), "second", "seconds"));
  }
  if (signal == SIGABRT) return aborted(report, ending);
  return "killed by " + signal_name(signal);
}

/// Why the way in which the process ended is a failure, or empty.
std::string bad_ending(const Report& report, const Ending& ending, const Limits& limits) {
  if (ending.hit_output_limit) {
    return "printed more than " + megabytes(limits.output) + " and was stopped";
  }
  if (ending.hit_wall_limit) {
    return fmt::format(
        "still not done after {:.0f} seconds, {:.1f} of them at work: it probably waits for ever",
        std::chrono::duration<double>(limits.wall).count(), ending.cpu_seconds);
  }
  if (WIFSIGNALED(ending.status)) return killed(WTERMSIG(ending.status), report, ending, limits);
  const int status = WEXITSTATUS(ending.status);
  if (is_sanitizer_report(ending)) return "a sanitizer found: " + last_words(ending);
  if (!report.finished || status != finished_exit) {
    return fmt::format("the solution ended the process: exit({})", status);
  }
  if (ending.left_behind > 0) {
    return count_of(ending.left_behind, "process was", "processes were") +
           " still running after the test had ended";
  }
  return {};
}

/// GoogleTest begins what was not a comparison with a line that says nothing.
std::string in_plain_words(std::string message, const Limits& limits) {
  constexpr std::string_view filler = "Failed\n";
  if (message.starts_with(filler)) message.erase(0, filler.size());
  if (message.starts_with("out of memory")) {
    message.insert(std::min(message.find('\n'), message.size()),
                   ": a test may have " + megabytes(limits.memory) + " in all");
  }
  return message;
}

/// Where in a simulated run the process ended.
std::string place_in_run(const Report& report) {
  const sim::Progress& at = report.progress;
  if (!at.in_handler || report.finished) return {};
  return fmt::format("\nin a handler of node {}, at {:.6f} s of the run with seed {}", at.node,
                     static_cast<double>(at.now_ns) / 1e9, at.seed);
}

std::vector<std::string> trace_of(const Report& report) {
  std::vector<std::string> trace;
  report.crashes.visit([&](const Report::Crash& crash) {
    if (!trace.empty()) return;  // what crashed first is what matters
    for (const std::string& frame : symbolise(crash, report.load_address)) {
      trace.push_back(printable(frame));
    }
  });
  return trace;
}

std::string printed_by(const Ending& ending) {
  std::string text = ending.standard_output.text();
  if (!text.empty() && text.back() != '\n') text += '\n';
  const std::string error = ending.standard_error.text();
  return printable(text + error.substr(0, begin_of_last_words(error, ending)));
}

}  // namespace

Outcome judge(const Report& report, const Ending& ending, const Limits& limits) {
  Outcome outcome;
  report.failures.visit([&](const Report::Message& message) {
    outcome.messages.push_back(in_plain_words(printable(message.get()), limits));
  });
  if (const std::string reason = bad_ending(report, ending, limits); !reason.empty()) {
    outcome.messages.push_back(in_plain_words(reason, limits) + place_in_run(report));
  }
  if (!report.finished && report.known.length > 0) {
    outcome.messages.insert(outcome.messages.begin(), printable(report.known.get()));
    outcome.messages.back().insert(0, "then, played again with fewer faults: ");
  }
  outcome.passed = outcome.messages.empty();
  const bool in_fork =
      begin_of_sanitizer_report(ending.standard_error.text()) != std::string::npos &&
      !is_sanitizer_report(ending);
  if (!outcome.passed && in_fork) {
    outcome.messages.push_back("a sanitizer found: " + last_words(ending));
  }
  if (!outcome.passed) outcome.trace = trace_of(report);
  report.story.visit(
      [&](const Report::Line& line) { outcome.story.push_back(printable(line.get())); });
  outcome.story_left_out = report.story.left_out();
  outcome.printed = printed_by(ending);
  outcome.trace_file = printable(report.trace_file.get());
  outcome.seconds = ending.wall_seconds;
  return outcome;
}

Outcome run_test(const TestOrder& order, const Limits& limits) {
  int descriptor = -1;
  Report* const report = make_report(descriptor);
  const Descriptor owner(descriptor);
  std::vector<std::string> arguments{"grader",
                                     "--run-one",
                                     order.test,
                                     "--seed",
                                     std::to_string(order.seed),
                                     "--report-descriptor",
                                     std::to_string(descriptor)};
  if (!order.traces.empty()) {
    arguments.insert(arguments.end(), {"--traces", order.traces, "--replay", order.replay});
  }
  if (order.keep_passing) arguments.emplace_back("--keep-passing");
  const Ending ending = run_in_sandbox(arguments, descriptor, limits);
  return judge(*report, ending, limits);
}

std::string encode(const Outcome& outcome) {
  return nlohmann::json{{"passed", outcome.passed},
                        {"messages", outcome.messages},
                        {"trace", outcome.trace},
                        {"story", outcome.story},
                        {"story_left_out", outcome.story_left_out},
                        {"printed", outcome.printed},
                        {"trace_file", outcome.trace_file},
                        {"seconds", outcome.seconds}}
      .dump();
}

Outcome decode(const std::string& text) {
  const nlohmann::json json = nlohmann::json::parse(text, nullptr, false);
  if (json.is_discarded()) {
    Outcome lost;
    lost.messages = {"the grader's supervisor of this test died; run the test again"};
    return lost;
  }
  return {.passed = json.at("passed"),
          .messages = json.at("messages"),
          .trace = json.at("trace"),
          .story = json.at("story"),
          .story_left_out = json.at("story_left_out"),
          .printed = json.at("printed"),
          .trace_file = json.at("trace_file"),
          .seconds = json.at("seconds")};
}

}  // namespace octet::grading
