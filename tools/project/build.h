#pragma once

#include <filesystem>
#include <string>

#include "tools/project/project.h"

namespace octet::lab {

/// What is to be built, and how to speak of it when it does not compile.
struct BuildRequest {
  std::string preset = "dev";
  std::string target;
  std::string folder;  // where errors are expected: "stage1-sockets/starter/"
  std::string whose;   // "your code", "the reference"
};

/// Configures the preset if that was never done and builds one target, telling how far it is.
/// Throws Failure after showing the first errors when it does not compile. One build at a time:
/// a second lab waits for the first.
void build(const Project& project, const BuildRequest& request);

/// Where a preset puts what it builds: build/PRESET.
std::filesystem::path build_folder(const Project& project, const std::string& preset);

/// Builds a program of a stage ("grade_1_starter") and returns where it is.
std::filesystem::path build_stage_program(const Project& project, const StageFolder& stage,
                                          Whose whose, const std::string& target,
                                          const std::string& preset = "dev");

}  // namespace octet::lab
