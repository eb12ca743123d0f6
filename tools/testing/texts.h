#pragma once

#include <string>
#include <string_view>
#include <vector>

/// What a Markdown text promises.
namespace octet::selftest {

/// Targets of its relative links, without the part after '#'.
std::vector<std::string> relative_links(std::string_view markdown);

/// What stands in code and looks like a path: "graders/dsl/stage.h".
std::vector<std::string> named_paths(std::string_view markdown);

/// The verbs that its code gives to ./lab.
std::vector<std::string> lab_verbs(std::string_view markdown);

}  // namespace octet::selftest
