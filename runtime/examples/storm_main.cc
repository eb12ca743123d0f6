#include <CLI/CLI.hpp>
#include <cstdio>
#include <fstream>
#include <string>

#include "runtime/examples/storms.h"
#include "runtime/trace/json_lines.h"

// Looks for a storm that breaks the primary and its backup, and shrinks it.

namespace {

using namespace octet;

struct Arguments {
  std::uint64_t seed = 1;
  std::uint64_t seeds = 1;
  bool is_hasty = false;
  std::string trace;
};

/// The smallest failing run again, this time written down.
void write_trace(const Arguments& arguments, std::uint64_t seed, const Minimized& smallest) {
  trace::Trace trace = traced(examples::primary_backup_at_work(seed, arguments.is_hasty), smallest);
  trace.title = "A primary and a hasty backup";
  std::ofstream out(arguments.trace);
  write_json_lines(out, trace);
  if (!out.flush()) throw std::runtime_error("cannot write " + arguments.trace);
  std::printf("its trace is in %s\n", arguments.trace.c_str());
}

int run(const Arguments& arguments) {
  for (std::uint64_t seed = arguments.seed; seed < arguments.seed + arguments.seeds; ++seed) {
    const Minimized result =
        minimize(examples::primary_backup_at_work(seed, arguments.is_hasty), examples::storm(seed));
    if (result.property.empty()) continue;
    std::printf("seed %llu, after %zu runs: %s\n", static_cast<unsigned long long>(seed),
                result.runs, result.story().c_str());
    if (!arguments.trace.empty()) write_trace(arguments, seed, result);
    return 1;
  }
  std::printf("%llu storms, and all was well\n", static_cast<unsigned long long>(arguments.seeds));
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("Storms over a primary and its backup.");
  Arguments arguments;
  app.add_option("--seed", arguments.seed, "The first storm")->capture_default_str();
  app.add_option("--seeds", arguments.seeds, "How many storms")->capture_default_str();
  app.add_flag("--hasty", arguments.is_hasty, "The backup answers before it persists");
  app.add_option("--trace", arguments.trace, "Write the smallest failing run to this file");
  app.footer("Example: storm --hasty --seeds 100 --trace hasty.trace");
  CLI11_PARSE(app, argc, argv);
  try {
    return run(arguments);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 2;
  }
}
