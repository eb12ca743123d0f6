#pragma once

#include <string>
#include <string_view>
#include <utility>

/// Values as people see them: in quotes, on one line, and short.
namespace octet::grading {

/// "abc"; a long one without its middle: "abc" ... "xyz" (1200 bytes).
std::string short_text(std::string_view value);

/// Two values, cut to where they differ: ..."x 4 y" and ..."x 4 yx 5 y".
std::pair<std::string, std::string> short_where_they_differ(std::string_view one,
                                                            std::string_view other);

}  // namespace octet::grading
