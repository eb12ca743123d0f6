#include <CLI/CLI.hpp>
#include <cstdio>
#include <fstream>
#include <stdexcept>
#include <string>

#include "runtime/examples/searches.h"
#include "runtime/search/trace_of.h"
#include "runtime/trace/json_lines.h"

// Takes every order of events between the primary and its backup.

namespace {

using namespace octet;

struct Arguments {
  bool is_hasty = false;
  std::uint32_t crashes = 1;
  std::string trace;
};

void write_trace(const Arguments& arguments, const search::Model& model,
                 const search::Result& result) {
  if (result.trace.empty()) {
    std::printf("there is no run to write down\n");
    return;
  }
  trace::Trace trace = trace_of(model, result);
  trace.title = arguments.is_hasty ? "A primary and a hasty backup" : "A primary and its backup";
  std::ofstream out(arguments.trace);
  write_json_lines(out, trace);
  if (!out.flush()) throw std::runtime_error("cannot write " + arguments.trace);
  std::printf("its trace is in %s\n", arguments.trace.c_str());
}

int run(const Arguments& arguments) {
  const auto model = examples::primary_backup_model(arguments.is_hasty, arguments.crashes);
  const auto result = explore(model);
  std::printf("%s", result.story().c_str());
  if (!arguments.trace.empty()) write_trace(arguments, model, result);
  return result.ok() ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("Every order of messages, timers and crashes of a primary and its backup.");
  Arguments arguments;
  app.add_flag("--hasty", arguments.is_hasty, "The backup answers before it persists");
  app.add_option("--crashes", arguments.crashes, "At most so many")->capture_default_str();
  app.add_option("--trace", arguments.trace, "Write the run that breaks something to this file");
  app.footer("Example: explore --hasty --crashes 1 --trace hasty.trace");
  CLI11_PARSE(app, argc, argv);
  try {
    return run(arguments);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 2;
  }
}
