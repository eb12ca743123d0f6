#include "tools/testing/texts.h"

#include <regex>

namespace octet::selftest {
namespace {

/// The first group of every match.
std::vector<std::string> find_all(std::string_view text, const std::regex& pattern) {
  std::vector<std::string> found;
  using Matches = std::regex_iterator<std::string_view::const_iterator>;
  for (Matches at(text.begin(), text.end(), pattern), end; at != end; ++at) {
    found.push_back((*at)[1]);
  }
  return found;
}

}  // namespace

std::vector<std::string> relative_links(std::string_view markdown) {
  static const std::regex link(R"(\]\((?![a-z]+:|#)([^)#\s]+)[^)]*\))");
  return find_all(markdown, link);
}

std::vector<std::string> named_paths(std::string_view markdown) {
  static const std::regex path(R"(`([A-Za-z0-9_.-]+(?:/[A-Za-z0-9_.-]+)+/?)`)");
  return find_all(markdown, path);
}

std::vector<std::string> lab_verbs(std::string_view markdown) {
  static const std::regex verb(R"(\./lab ([a-z]+(?:-[a-z]+)*))");
  return find_all(markdown, verb);
}

}  // namespace octet::selftest
