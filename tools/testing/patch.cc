#include "tools/testing/patch.h"

#include <fmt/format.h>

#include <algorithm>

#include <iterator>
#include <set>
#include <utility>

#include "tools/testing/tree_files.h"

namespace octet::selftest {
namespace {

constexpr std::string_view must_fail = "must fail:";

std::string_view trim(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t\r");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

/// Cuts `rest` at the first `separator` and returns what stood before it.
std::string_view take_until(std::string_view& rest, char separator) {
  const auto end = std::min(rest.find(separator), rest.size());
  const std::string_view taken = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return taken;
}

std::vector<Patch> read_folder(const std::filesystem::path& folder, bool mutant) {
  std::vector<Patch> patches;
  if (!std::filesystem::exists(folder)) return patches;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".patch") continue;
    const std::string text = read_file(entry.path());
    patches.push_back({mutant, entry.path().stem().string(), parse_patch_head(text)});
  }
  std::ranges::sort(patches, {}, &Patch::name);
  return patches;
}

}  // namespace

PatchHead parse_patch_head(std::string_view patch) {
  PatchHead head;
  while (patch.starts_with('#')) {
    std::string_view line = trim(take_until(patch, '\n').substr(1));
    if (!line.starts_with(must_fail)) {
      if (!head.text.empty()) head.text += ' ';
      head.text += line;
      continue;
    }
    line.remove_prefix(must_fail.size());
    while (!line.empty()) {
      const std::string_view name = trim(take_until(line, ','));
      if (!name.empty()) head.must_fail.emplace_back(name);
    }
  }
  return head;
}

std::string Patch::program(int stage) const {
  return fmt::format("grade_{}_{}_{}", stage, mutant ? "mutant" : "alternative", name);
}

std::vector<Patch> read_patches(const std::filesystem::path& stage) {
  std::vector<Patch> patches = read_folder(stage / "mutants", true);
  std::ranges::move(read_folder(stage / "alternatives", false), std::back_inserter(patches));
  return patches;
}

std::vector<Patch> few_of(const std::vector<Patch>& patches) {
  std::set<std::string> seen;  // suites and parts
  std::vector<Patch> few;
  for (const Patch& patch : patches) {
    const std::size_t before = seen.size();
    if (!patch.mutant) seen.insert(patch.name.substr(0, 1));
    for (const std::string& test : patch.head.must_fail) {
      seen.insert(test.substr(0, test.find('.')));
    }
    if (seen.size() > before) few.push_back(patch);
  }
  return few;
}

}  // namespace octet::selftest
