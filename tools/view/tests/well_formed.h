#pragma once

#include <string>
#include <string_view>

namespace octet::view {

/// What is wrong with XML that has elements with attributes, text and the five named or numbered
/// entities, and nothing else; empty when nothing is. Stricter than XML itself.
std::string problem_of_xml(std::string_view xml);

}  // namespace octet::view
