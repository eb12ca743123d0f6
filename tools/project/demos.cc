#include "tools/project/demos.h"

#include <algorithm>

namespace octet::lab {

Demos demos_of(const StageFolder& stage) {
  namespace fs = std::filesystem;
  constexpr std::string_view of_node = "_node";
  Demos demos;
  const fs::path folder = stage.folder / "demo";
  if (!fs::is_directory(folder)) return demos;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() != ".cc") continue;
    std::string name = entry.path().stem();
    if (!name.ends_with(of_node)) {
      demos.programs.push_back(std::move(name));
    } else {
      name.resize(name.size() - of_node.size());
      demos.nodes.push_back(std::move(name));
    }
  }
  std::ranges::sort(demos.programs);
  std::ranges::sort(demos.nodes);
  return demos;
}

}  // namespace octet::lab
