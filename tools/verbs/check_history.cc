#include <fmt/format.h>
#include <sys/resource.h>

#include <chrono>
#include <fstream>
#include <iostream>
#include <sstream>

#include "graders/dsl/history/check_history.h"
#include "graders/dsl/history/report.h"
#include "tools/project/subprocess.h"
#include "tools/verbs/verb.h"

namespace octet::lab {
namespace {

namespace fs = std::filesystem;
using Verdict = grading::Linearizability::Verdict;
using Clock = std::chrono::steady_clock;

struct Options {
  std::string file;
  std::uint64_t budget = grading::default_budget;
  std::uint64_t shrink_budget = grading::default_budget;
};

std::string contents_of(std::istream& in) {
  std::ostringstream text;
  text << in.rdbuf();
  return std::move(text).str();
}

std::string unpacked(const std::string& file) {
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

grading::History history_of(const std::string& file) {
  try {
    return grading::read_history(read(file));
  } catch (const grading::Unreadable& problem) {
    throw UsageError(fmt::format("{}: {}", file, problem.what()));
  }
}

std::string seconds_since(Clock::time_point begin) {
  const std::chrono::duration<double> time = Clock::now() - begin;
  return fmt::format("{:.3f} s", time.count());
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

void report(const grading::History& history, const grading::CheckedHistory& checked,
            std::uint64_t budget) {
  const grading::Violation violation =
      grading::first_violation(history.objects.at(checked.object), checked.found);
  fmt::print("\n{}.\n\nAll else can have happened like this:\n{}",
             grading::sentence_of(violation, history, checked.object),
             grading::ways_of(violation, history));
  fmt::print("\n{}", grading::events_of(grading::shrink(violation, budget), violation, history));
}

int check(const Options& options) {
  const grading::History history = history_of(options.file);
  const Clock::time_point begin = Clock::now();
  const grading::CheckedHistory checked = grading::check_history(history, options.budget);
  fmt::print("{}: {}, {}, {}, {}, {}\n", name_of(checked.verdict),
             count_of(history.objects.size(), "object"), count_of(history.count(), "operation"),
             count_of(checked.visited, "state"), seconds_since(begin), memory());
  if (checked.verdict == Verdict::yes) return 0;
  if (checked.verdict == Verdict::no) {
    report(history, checked, options.shrink_budget);
    return 1;
  }
  fmt::print(
      "The operations on \"{}\" need more than {} states (--budget), or more than 256 are "
      "under way at a time.\n",
      checked.object, options.budget);
  return 3;
}

}  // namespace

Action check_history_verb(CLI::App& app, const Project&) {
  const auto options = std::make_shared<Options>();
  app.add_option("FILE", options->file, "A history, or a trace with clients; - is stdin")
      ->required()
      ->type_name("");
  app.add_option("--budget", options->budget, "States to look at for each object, at most")
      ->type_name("STATES");
  app.add_option("--shrink", options->shrink_budget, "States to look at to find a small violation")
      ->type_name("STATES");
  return [options] { return check(*options); };
}

}  // namespace octet::lab
