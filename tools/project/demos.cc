#include "tools/project/demos.h"

#include <algorithm>

namespace octet::lab {

Demos demos_of(const StageFolder& stage) {
  namespace fs = std::filesystem;
  const auto add = [](std::vector<std::string>& names, std::string_view name,
                      std::string_view ending) {
    if (!name.ends_with(ending)) return false;
    names.emplace_back(name.substr(0, name.size() - ending.size()));
    return true;
  };
  Demos demos;
  const fs::path folder = stage.folder / "demo";
  if (!fs::is_directory(folder)) return demos;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() != ".cc") continue;
    const std::string name = entry.path().stem();
    if (add(demos.nodes, name, "_node") || add(demos.gateways, name, "_gateway") ||
        add(demos.operators, name, "_operator")) {
      continue;
    }
    demos.programs.push_back(name);
  }
  for (auto* names : {&demos.programs, &demos.nodes, &demos.gateways, &demos.operators}) {
    std::ranges::sort(*names);
  }
  return demos;
}

}  // namespace octet::lab
