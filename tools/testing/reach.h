#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <string_view>
#include <vector>

/// Which graded tests can notice a patch at all: those whose object file leads, over symbols that
/// it needs and others define, to one that the patch replaces. The others run the same machine code
/// as with the reference, so grading them again would only take time.
namespace octet::selftest {

/// What one object file gives to a linker and what it asks for.
struct ObjectFile {
  std::string name;
  std::set<std::string> defines;
  std::set<std::string> needs;
};

/// Reads what `nm -A -P` prints.
std::vector<ObjectFile> parse_symbols(std::string_view nm);

/// The files that lead to one whose name is in `targets`, these included.
std::vector<ObjectFile> leading_to(const std::vector<ObjectFile>& all,
                                   std::set<std::string> targets);

/// Whether this is the file, or is among the files, that define a test, "Suite.Name".
bool define_test(const std::vector<ObjectFile>& files, const std::string& test);

/// Of `tests`, those that can notice the patch that was built as `program`, in the build folder of
/// a stage. `objects` are those of the grader and of the reference. A test that none of them
/// defines is taken to notice everything.
std::vector<std::string> tests_that_reach(const std::vector<ObjectFile>& objects,
                                          const std::vector<std::string>& tests,
                                          const std::filesystem::path& folder,
                                          const std::string& program);

/// The objects of a stage's grader and of its reference, in the build folder of the stage.
std::vector<ObjectFile> read_objects(const std::filesystem::path& folder, int stage);

}  // namespace octet::selftest
