#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace octet::grading {

/// Bytes as people read them: "\x00\x05hello\r\n", in quotes, at most `most` of them, then how many
/// there are.
std::string show(std::string_view bytes, std::size_t most = 48);

/// "1 byte", "3 bytes".
std::string count_of(std::size_t count, std::string_view noun);

/// Where two byte strings part: "byte 17 is "b", expected "a"", or which of them ends first.
/// Empty when they are equal.
std::string difference(std::string_view came, std::string_view expected);

}  // namespace octet::grading
