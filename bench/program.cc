#include "bench/program.h"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>

#include "bench/interrupt.h"

namespace octet::bench {

int run_program(CLI::App& app, int argc, char** argv, const std::function<bool()>& measure) {
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  try {
    catch_interrupts();
    return measure() ? 0 : 1;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}

}  // namespace octet::bench
