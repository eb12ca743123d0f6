#pragma once

#include <CLI/App.hpp>
#include <functional>

namespace octet::bench {

/// What main() of a bench's program does: reads the arguments into what `app` has been told of, and
/// measures, so that Ctrl-C takes the files of the bench along. Returns the exit status: 0 when
/// all was measured, 1 when `measure` returns false or throws, which is printed, and 2 when the
/// arguments are wrong.
int run_program(CLI::App& app, int argc, char** argv, const std::function<bool()>& measure);

}  // namespace octet::bench
