#include "tools/testing/tree_files.h"

#include <algorithm>
#include <fstream>
#include <iterator>

namespace octet::selftest {

namespace fs = std::filesystem;

std::vector<fs::path> tree_files(const fs::path& root,
                                 std::initializer_list<std::string_view> extensions) {
  constexpr std::string_view left_out[] = {".git", ".lab", ".cache", "build"};
  std::vector<fs::path> files;
  for (fs::recursive_directory_iterator at(root), end; at != end; ++at) {
    if (at->is_directory() && std::ranges::count(left_out, at->path().filename().string()) > 0) {
      at.disable_recursion_pending();
    }
    const std::string extension = at->path().extension();
    if (at->is_regular_file() &&
        (extensions.size() == 0 || std::ranges::count(extensions, extension) > 0)) {
      files.push_back(at->path());
    }
  }
  std::ranges::sort(files);
  return files;
}

std::string read_file(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace octet::selftest
