#include <fmt/format.h>
#include <sys/resource.h>

#include <ctime>
#include <fstream>
#include <iostream>
#include <optional>
#include <sstream>

#include "graders/dsl/history/check_history.h"
#include "graders/dsl/history/json_history.h"
#include "graders/dsl/history/report.h"
#include "tools/project/subprocess.h"
#include "tools/verbs/page_file.h"
#include "tools/verbs/verb.h"
#include "tools/view/checked_run.h"
#include "tools/view/page.h"

namespace octet::lab {
namespace {

namespace fs = std::filesystem;
using Verdict = grading::Linearizability::Verdict;

struct Options {
  std::string file;
  std::string view;
  std::uint64_t budget = grading::default_budget;
  std::uint64_t shrink_budget = grading::default_budget;
};

std::string contents_of(std::istream& in) {
  std::ostringstream text;
  text << in.rdbuf();
  return std::move(text).str();
}

std::string unpacked(const std::string& file) {
  if (!is_installed("gzip")) throw UsageError(fmt::format("{} is packed; install gzip", file));
  Captured unpacked = capture({"gzip", "-dc", file});
  if (unpacked.status == 0) return std::move(unpacked.output);
  throw UsageError(fmt::format("{} cannot be unpacked; was the file cut off?", file));
}

/// Files that gzip has packed begin with these bytes.
bool is_packed(std::string_view text) {
  return text.starts_with("\x1f\x8b");
}

std::string read(const std::string& file) {
  if (file == "-") return contents_of(std::cin);
  if (fs::is_directory(file)) throw UsageError(fmt::format("{} is a folder, no history", file));
  std::ifstream in(file, std::ios::binary);
  if (!in) throw UsageError(fmt::format("cannot read {}: is there such a file?", file));
  std::string text = contents_of(in);
  return is_packed(text) ? unpacked(file) : text;
}

/// What the file holds: a history, and the run that it is of, when that is there too.
struct Held {
  grading::History history;
  std::optional<trace::Trace> run;
};

Held contents_of_file(const std::string& file) {
  try {
    std::string text = read(file);
    if (!grading::is_trace(text)) return {grading::read_history(std::move(text)), std::nullopt};
    std::istringstream in(std::move(text));
    trace::Trace run = trace::read_json_lines(in);
    return {grading::history_of(run), std::move(run)};
  } catch (const grading::Unreadable& problem) {
    throw UsageError(fmt::format("{}: {}", file, problem.what()));
  }
}

/// Of the processor: a busy machine shows no more of it.
std::string seconds_since(std::clock_t begin) {
  return fmt::format("{:.3f} s", static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC);
}

/// Of this process, at its largest.
std::string memory() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return fmt::format("{} MiB", usage.ru_maxrss / 1024);
}

std::string_view name_of(Verdict verdict) {
  if (verdict == Verdict::yes) return "linearizable";
  return verdict == Verdict::no ? "NOT linearizable" : "undecided";
}

std::string count_of(std::size_t count, std::string_view what) {
  return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

void draw(const fs::path& out, const view::CheckedRun& run) {
  write_page(out, [&] { return view::page(run.trace, nullptr, run.marks); });
  fmt::print("{}\n", out.string());
}

/// run.html has the small part; with a trace, run-whole.html has all of it.
void draw(const Options& options, const Held& held, const grading::Violation& whole,
          const grading::Violation& small, const std::string& sentence) {
  fs::path out = options.view;
  draw(out, view::run_of_clients(small, sentence));
  if (!held.run) return;
  out.replace_filename(out.stem().string() + "-whole" + out.extension().string());
  draw(out, view::run_with_marks(*held.run, whole, sentence));
}

void report(const Options& options, const Held& held, const grading::CheckedHistory& checked) {
  const grading::History& history = held.history;
  const grading::Violation violation =
      grading::first_violation(history.objects.at(checked.object), checked.found);
  const std::string sentence = grading::sentence_of(violation, history, checked.object);
  fmt::print("\n{}.\n\nAll else can have happened like this:\n{}", sentence,
             grading::ways_of(violation, history));
  const grading::Shrunk shrunk = grading::shrink(violation, options.shrink_budget);
  fmt::print("\n{}", grading::events_of(shrunk, violation, history));
  if (options.view.empty()) return;
  draw(options, held, violation, shrunk.violation,
       grading::sentence_of(shrunk.violation, history, checked.object));
}

int check(const Options& options) {
  const Held held = contents_of_file(options.file);
  const std::clock_t begin = std::clock();
  const grading::CheckedHistory checked = grading::check_history(held.history, options.budget);
  fmt::print("{}: {}, {}, {}, {}, {}\n", name_of(checked.verdict),
             count_of(held.history.objects.size(), "object"),
             count_of(held.history.count(), "operation"), count_of(checked.visited, "state"),
             seconds_since(begin), memory());
  if (checked.verdict == Verdict::no) report(options, held, checked);
  if (checked.verdict != Verdict::no && !options.view.empty()) {
    fmt::print("Nothing is drawn: only what is not linearizable is.\n");
  }
  if (checked.verdict == Verdict::undecided) {
    fmt::print(
        "The operations on \"{}\" need more than {} states (--budget), or more than 256 are "
        "under way at a time.\n",
        checked.object, options.budget);
  }
  return checked.verdict == Verdict::yes ? 0 : checked.verdict == Verdict::no ? 1 : 3;
}

}  // namespace

Action check_history_verb(CLI::App& app, const Project&) {
  const auto options = std::make_shared<Options>();
  app.add_option("FILE", options->file, "A history, or a trace with clients; - is stdin")
      ->required()
      ->type_name("");
  app.add_option("--view", options->view, "Draw what is not linearizable, as a page for a browser")
      ->type_name("OUT.html");
  app.add_option("--budget", options->budget, "States to look at for each object, at most")
      ->type_name("STATES");
  app.add_option("--shrink", options->shrink_budget, "States to look at to find a small violation")
      ->type_name("STATES");
  return [options] { return check(*options); };
}

}  // namespace octet::lab
