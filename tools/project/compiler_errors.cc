#include "tools/project/compiler_errors.h"

#include <algorithm>
#include <filesystem>
#include <regex>

namespace octet::lab {
namespace {

/// Names as people write them.
std::string readable(std::string message) {
  static const std::regex string_type(
      R"(std::__cxx11::basic_string<char, std::char_traits<char>, std::allocator<char> >)");
  return std::regex_replace(message, string_type, "std::string");
}

}  // namespace

void CompilerErrors::read(std::string_view line) {
  // GCC and Clang: FILE:LINE:COLUMN: error: MESSAGE. Notes and "required from here" lead from a
  // header to the line that a student wrote.
  static const std::regex placed(
      R"(^([^\s:]+:[0-9]+):(?:[0-9]+:)?\s+(fatal error|error|note|  required from)\b:?\s*(.*)$)");
  // ld: FILE:LINE: undefined reference to `NAME'; without debug information only the object's name.
  static const std::regex undefined(R"(^.*?([^\s:]+:[0-9]+)?: (undefined reference to .*)$)");
  std::match_results<std::string_view::const_iterator> match;
  if (std::regex_match(line.begin(), line.end(), match, placed)) {
    const std::string place = relative(match[1]);
    places_.push_back(place);
    if (match[2].str().ends_with("error")) errors_.push_back({place, readable(match[3])});
  } else if (std::regex_match(line.begin(), line.end(), match, undefined)) {
    const std::string place = match[1].matched ? relative(match[1]) : "";
    if (!place.empty()) places_.push_back(place);
    errors_.push_back({place, readable(match[2])});
  }
}

std::optional<std::string> CompilerErrors::first_place(std::string_view folder) const {
  const auto inside =
      std::ranges::find_if(places_, [&](const auto& place) { return place.starts_with(folder); });
  return inside == places_.end() ? std::nullopt : std::optional(*inside);
}

std::string CompilerErrors::relative(const std::string& path) const {
  // Ninja compiles inside build/PRESET, so a path may begin with ../../ there.
  std::string place = std::filesystem::path(path).lexically_normal();
  for (const std::string& prefix : {root_ + "/", std::string("../../")}) {
    if (place.starts_with(prefix)) return place.substr(prefix.size());
  }
  return place;
}

}  // namespace octet::lab
