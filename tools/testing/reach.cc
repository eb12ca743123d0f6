#include "tools/testing/reach.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <iterator>
#include <map>

#include "tools/project/errors.h"
#include "tools/project/subprocess.h"
#include "tools/testing/tree_files.h"

namespace octet::selftest {
namespace {

namespace fs = std::filesystem;

/// The names by which linking knows one file in whichever program: "reference/client.cc.o",
/// "api/seam/client.cc.o". A patched copy stands for the file of the reference.
std::string name_in_stage(const fs::path& object) {
  std::string path = object.string();
  if (path.find("/api/seam/") != std::string::npos) {
    return "api/seam/" + object.filename().string();
  }
  if (path.find("/patched/") != std::string::npos ||
      path.find("/reference/") != std::string::npos) {
    return "reference/" + object.filename().string();
  }
  return path;
}

bool needs_one_of(const ObjectFile& file, const std::set<std::string>& symbols) {
  return std::ranges::any_of(file.needs,
                             [&](const std::string& symbol) { return symbols.contains(symbol); });
}

}  // namespace

std::vector<ObjectFile> parse_symbols(std::string_view nm) {
  std::map<std::string, ObjectFile, std::less<>> files;
  while (!nm.empty()) {
    const auto end = std::min(nm.find('\n'), nm.size());
    const std::string_view line = nm.substr(0, end);
    nm.remove_prefix(std::min(end + 1, nm.size()));

    // "file.o: symbol T 0 1c"; lower case is what no other file sees.
    const auto colon = line.find(": ");
    if (colon == std::string_view::npos) continue;
    const std::string_view rest = line.substr(colon + 2);
    const auto space = rest.find(' ');
    if (space == std::string_view::npos || space + 1 >= rest.size()) continue;
    const std::string symbol(rest.substr(0, space));
    const char type = rest[space + 1];

    ObjectFile& file = files[std::string(line.substr(0, colon))];
    (type == 'U' || type == 'w' || type == 'v' ? file.needs : file.defines).insert(symbol);
  }
  std::vector<ObjectFile> all;
  for (auto& [name, file] : files) {
    file.name = name;
    all.push_back(std::move(file));
  }
  return all;
}

std::vector<ObjectFile> leading_to(const std::vector<ObjectFile>& all,
                                   std::set<std::string> targets) {
  std::set<std::string> symbols;
  std::vector<ObjectFile> leading;
  std::vector<ObjectFile> others = all;
  for (bool grew = true; grew;) {
    const auto leads = [&](const ObjectFile& file) {
      return targets.contains(file.name) || needs_one_of(file, symbols);
    };
    const auto found = std::partition(others.begin(), others.end(), std::not_fn(leads));
    grew = found != others.end();
    for (auto file = found; file != others.end(); ++file) {
      symbols.insert(file->defines.begin(), file->defines.end());
      leading.push_back(std::move(*file));
    }
    others.erase(found, others.end());
  }
  return leading;
}

bool define_test(const std::vector<ObjectFile>& files, const std::string& test) {
  // The name of the class that GoogleTest makes of it, as it stands in its mangled symbols.
  std::string name = test + "_Test";
  std::ranges::replace(name, '.', '_');
  const std::string body = fmt::format("{}{}8TestBodyEv", name.size(), name);
  return std::ranges::any_of(files, [&](const ObjectFile& file) {
    return std::ranges::any_of(file.defines,
                               [&](const std::string& symbol) { return symbol.ends_with(body); });
  });
}

std::vector<std::string> tests_that_reach(const std::vector<ObjectFile>& objects,
                                          const std::vector<std::string>& tests,
                                          const fs::path& folder, const std::string& program) {
  std::set<std::string> replaced;
  for (const fs::path& object : tree_files(folder / "CMakeFiles" / (program + ".dir"), {".o"})) {
    replaced.insert(name_in_stage(object));
  }
  const std::vector<ObjectFile> leading = leading_to(objects, replaced);
  std::vector<std::string> reaching;
  std::ranges::copy_if(tests, std::back_inserter(reaching), [&](const std::string& test) {
    return define_test(leading, test) || !define_test(objects, test);
  });
  return reaching;
}

std::vector<ObjectFile> read_objects(const fs::path& folder, int stage) {
  lab::Command command = {"nm", "-A", "-P"};
  for (const std::string& target :
       {fmt::format("grader{}.dir", stage), fmt::format("stage{}_reference.dir", stage)}) {
    for (const fs::path& object : tree_files(folder / "CMakeFiles" / target, {".o"})) {
      command.push_back(object);
    }
  }
  const lab::Captured nm = lab::capture(command);
  if (nm.status != 0) throw lab::Failure("nm cannot read the objects of the reference");
  std::vector<ObjectFile> all = parse_symbols(nm.output);
  for (ObjectFile& file : all) file.name = name_in_stage(file.name);
  return all;
}

}  // namespace octet::selftest
