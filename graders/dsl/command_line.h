#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "graders/dsl/sandbox.h"
#include "graders/dsl/stage.h"
#include "graders/dsl/test_process.h"

namespace octet::grading {

/// What the command line asks for.
struct Request {
  int stage = 0;
  bool list = false;
  bool draft = false;  // the stage is still being written: its points need not add up
  std::vector<std::string> parts;
  std::vector<std::string> tests;  // patterns
  std::uint64_t seed = 1;
  std::uint64_t seeds = 1;
  double soak_minutes = 0;
  std::size_t jobs = 1;
  std::string json;
  std::string junit;
  std::string gradescope;
  std::string solution = "starter";
  std::string traces;  // a folder for the traces of simulated runs that fail
  bool keep_passing = false;
  Limits limits;
  TestOrder run_one;  // set in a test process only
};

/// Reads the command line. Prints help or one line of complaint itself; then there is no request
/// but an exit status.
struct CommandLine {
  std::optional<Request> request;
  int exit_status = 0;
};
CommandLine read_command_line(const Stage& stage, int argc, char** argv);

}  // namespace octet::grading
