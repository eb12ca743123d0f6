#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>

#include "tools/testing/patch.h"
#include "tools/testing/suite.h"
#include "tools/testing/texts.h"
#include "tools/testing/tree_files.h"

namespace octet::selftest {
namespace {

namespace fs = std::filesystem;

class Text {
 public:
  Text(const Request& request, const fs::path& file)
      : request_(request),
        root_(request.project.root()),
        file_(file),
        name_(fs::relative(file, root_)),
        text_(read_file(file)) {}

  Check links() const {
    std::vector<std::string> missing;
    for (const std::string& link : relative_links(text_)) {
      if (!fs::exists(file_.parent_path() / link)) missing.push_back(link);
    }
    return check("has links that lead somewhere", "leads nowhere", missing);
  }

  Check paths() const {
    std::vector<std::string> missing;
    for (const std::string& path : named_paths(text_)) {
      if (is_of_tree(path) && !fs::exists(root_ / path) &&
          !fs::exists(file_.parent_path() / path)) {
        missing.push_back(path);
      }
    }
    return check("names files that exist", "does not exist", missing);
  }

  Check verbs() const {
    std::vector<std::string> missing;
    for (const std::string& verb : lab_verbs(text_)) {
      if (std::ranges::count(request_.verbs, verb) == 0) missing.push_back("./lab " + verb);
    }
    return check("names verbs of ./lab that exist", "is no command", missing);
  }

 private:
  /// Whether a path starts with something that is here; what is built is here only sometimes.
  bool is_of_tree(const fs::path& path) const {
    const fs::path first = *path.begin();
    if (first == "build" || first == ".lab" || first == ".") return false;
    return fs::exists(root_ / first) || fs::exists(file_.parent_path() / first);
  }

  Check check(std::string_view what, std::string_view wrong,
              const std::vector<std::string>& places) const {
    return {fmt::format("{} {}", name_, what),
            places.empty() ? "" : fmt::format("{}: {}", wrong, fmt::join(places, ", "))};
  }

  const Request& request_;
  fs::path root_;
  fs::path file_;
  std::string name_;
  std::string text_;
};

/// Whoever reads a file has this tree in another place.
Check check_leaks(const fs::path& root) {
  Check check{"no file names the place of somebody's tree", ""};
  const std::string work = "/work";
  for (const fs::path& file : tree_files(root, {})) {
    const std::string text = read_file(file);
    for (const std::string& place : {root.string() + "/", work + "/"}) {
      if (text.find(place) == std::string::npos) continue;
      check.problem += fmt::format("{} names {}\n", fs::relative(file, root).string(), place);
    }
  }
  return check;
}

/// Two people who write a mutant at the same time may take the same number.
Check check_numbers(const lab::StageFolder& stage) {
  Check check{fmt::format("each patch of stage {} has a number of its own", stage.number), ""};
  std::map<std::pair<bool, std::string>, std::string> names;
  for (const Patch& patch : read_patches(stage.folder)) {
    const std::string number = patch.name.substr(0, patch.name.find('_'));
    const auto [first, is_new] = names.try_emplace({patch.mutant, number}, patch.name);
    if (is_new) continue;
    check.problem += fmt::format("{} and {}: renumber one\n", first->second, patch.name);
  }
  return check;
}

}  // namespace

Checks check_docs(const Request& request) {
  const fs::path& root = request.project.root();
  Checks checks = {check_leaks(root)};
  for (const lab::StageFolder& stage : request.stages) checks.push_back(check_numbers(stage));
  for (const fs::path& file : tree_files(root, {".md"})) {
    const Text text(request, file);
    checks.insert(checks.end(), {text.links(), text.paths(), text.verbs()});
  }
  return checks;
}

}  // namespace octet::selftest
