#include <CLI/CLI.hpp>
#include <cstdio>

#include "runtime/examples/searches.h"

// Takes every order of events between the primary and its backup.

int main(int argc, char** argv) {
  CLI::App app("Every order of messages, timers and crashes of a primary and its backup.");
  bool is_hasty = false;
  std::uint32_t crashes = 1;
  app.add_flag("--hasty", is_hasty, "The backup answers before it persists");
  app.add_option("--crashes", crashes, "At most so many")->capture_default_str();
  app.footer("Example: explore --hasty --crashes 1");
  CLI11_PARSE(app, argc, argv);
  const auto result =
      octet::search::explore(octet::examples::primary_backup_model(is_hasty, crashes));
  std::printf("%s\n", result.story().c_str());
  return result.ok() ? 0 : 1;
}
