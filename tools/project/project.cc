#include "tools/project/project.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <regex>

#include "tools/project/errors.h"

namespace octet::lab {

namespace fs = std::filesystem;

std::vector<StageFolder> Project::stages() const {
  static const std::regex pattern("stage([0-9]{1,3})-(.+)");
  std::vector<StageFolder> found;
  for (const fs::directory_entry& entry : fs::directory_iterator(root_)) {
    const std::string name = entry.path().filename();
    std::smatch match;
    if (entry.is_directory() && std::regex_match(name, match, pattern)) {
      found.push_back({std::stoi(match[1]), match[2], entry.path()});
    }
  }
  std::ranges::sort(found, {}, &StageFolder::number);
  return found;
}

bool is_of_nodes(const StageFolder& stage) {
  std::ifstream in(stage.folder / "CMakeLists.txt");
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  return text.find("WORLDS") != std::string::npos;
}

StageFolder Project::stage(const std::string& asked) const {
  std::vector<std::string> known;
  for (const StageFolder& stage : stages()) {
    if (asked == std::to_string(stage.number)) return stage;
    known.push_back(fmt::format("{} ({})", stage.number, stage.name));
  }
  throw UsageError(
      fmt::format("there is no stage \"{}\"; this tree has {}", asked, fmt::join(known, ", ")));
}

fs::path Project::solution(const StageFolder& stage, Whose whose) const {
  const fs::path folder = stage.folder / name_of(whose);
  if (fs::is_directory(folder)) return folder;
  throw Failure(fmt::format("this tree has no {} for stage {}: {}/{}/ is missing", name_of(whose),
                            stage.number, stage.folder.filename().string(), name_of(whose)));
}

Project find_project() {
  const char* root = std::getenv("LAB_ROOT");
  if (root == nullptr) throw Failure("start this program with the script ./lab");
  return Project(root);
}

}  // namespace octet::lab
