#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace octet::lab {

/// A stage of this tree.
struct StageFolder {
  int number = 0;
  std::string name;              // "sockets"
  std::filesystem::path folder;  // ".../stage1-sockets"
};

/// Whether its solutions are nodes, which live in the worlds of runtime/ and have no threads.
bool is_of_nodes(const StageFolder& stage);

/// Whose solution is meant.
enum class Whose { starter, reference };

inline const char* name_of(Whose whose) {
  return whose == Whose::starter ? "starter" : "reference";
}

/// The tree that the lab program works on. Its stages are the folders stageN-NAME that exist: an
/// instructor releases a stage by copying its folder.
class Project {
 public:
  explicit Project(std::filesystem::path root) : root_(std::move(root)) {}

  const std::filesystem::path& root() const { return root_; }

  /// What lab remembers between runs, never in version control.
  std::filesystem::path state() const { return root_ / ".lab"; }

  /// In the order of their numbers.
  std::vector<StageFolder> stages() const;

  /// The stage that a person asked for ("1"). Throws UsageError with the stages that there are.
  StageFolder stage(const std::string& asked) const;

  /// The folder of a stage's solution. Throws Failure when this tree does not have it.
  std::filesystem::path solution(const StageFolder& stage, Whose whose) const;

 private:
  std::filesystem::path root_;
};

/// The tree around the running program, which the launcher names. Throws Failure without it.
Project find_project();

}  // namespace octet::lab
