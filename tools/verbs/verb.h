#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <memory>
#include <span>
#include <string_view>

#include "tools/project/errors.h"
#include "tools/project/project.h"

/// The verbs of ./lab, one file each in tools/verbs/. To add one:
///
///   1. tools/verbs/NAME.cc defines  Action NAME_verb(CLI::App& options, const Project& project):
///      it declares its options and returns what to do once they are read. The action returns the
///      exit status, or throws UsageError (status 2) or Failure (status 1) with one line.
///   2. Declare it below and give it its line in verbs.cc.
///   3. Name the file in tools/CMakeLists.txt. Packages that only this verb needs go to
///      tools/packages/NAME.txt; the launcher installs them.
namespace octet::lab {

using Action = std::function<int()>;

struct Verb {
  std::string_view name;
  std::string_view summary;
  std::string_view example;  // shown by --help
  Action (*define)(CLI::App& options, const Project& project);
};

/// In the order in which --help lists them.
std::span<const Verb> verbs();

Action bench_verb(CLI::App& options, const Project& project);
Action chaos_verb(CLI::App& options, const Project& project);
Action check_history_verb(CLI::App& options, const Project& project);
Action cluster_verb(CLI::App& options, const Project& project);
Action compare_verb(CLI::App& options, const Project& project);
Action grade_verb(CLI::App& options, const Project& project);
Action netns_verb(CLI::App& options, const Project& project);
Action replay_verb(CLI::App& options, const Project& project);
Action run_verb(CLI::App& options, const Project& project);
Action test_verb(CLI::App& options, const Project& project);
Action view_verb(CLI::App& options, const Project& project);

/// `./lab` alone: the stages, what they have reached, and the next step.
int show_status(const Project& project);

}  // namespace octet::lab
