#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tools/project/project.h"
#include "tools/testing/check.h"

/// The project's own tests, in suites: what ./lab test runs.
namespace octet::selftest {

struct Request {
  const lab::Project& project;
  std::vector<lab::StageFolder> stages;
  std::vector<std::string> verbs;  // that ./lab has
  int seeds = 0;                   // how many; 0 leaves it to the suite
  std::string only;                // variants whose names contain this
  std::string json;                // file for the results of the mutants
  bool every_test = false;         // grade variants also with tests that cannot notice them
  bool quick = false;              // leave out what only who asks for a suite waits for
};

/// Tells how far it is on stderr and what it found, beyond its checks, on stdout.
/// Throws lab::Failure when it cannot be run at all.
struct Suite {
  std::string_view name;
  std::string_view summary;
  bool by_default = true;
  bool needs_reference = false;  // of a stage; a released tree has none
  Checks (*run)(const Request& request) = nullptr;
};

/// In the order in which they run.
std::span<const Suite> suites();

Checks check_units(const Request& request);
Checks check_grades(const Request& request);
Checks check_repeats(const Request& request);
Checks check_mutants(const Request& request);
Checks check_fuzz(const Request& request);
Checks check_format(const Request& request);
Checks check_docs(const Request& request);
Checks check_asan(const Request& request);
Checks check_tsan(const Request& request);
Checks check_lint(const Request& request);
Checks check_view(const Request& request);

}  // namespace octet::selftest
