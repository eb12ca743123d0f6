#include "graders/dsl/net/bytes.h"

#include <fmt/format.h>

#include <algorithm>

namespace octet::grading {
namespace {

std::string escaped(char c) {
  switch (c) {
    case '\r':
      return "\\r";
    case '\n':
      return "\\n";
    case '\t':
      return "\\t";
    case '"':
      return "\\\"";
    case '\\':
      return "\\\\";
    default:
      break;
  }
  if (c >= ' ' && c <= '~') return std::string(1, c);
  return fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
}

}  // namespace

std::string show(std::string_view bytes, std::size_t most) {
  std::string text = "\"";
  for (const char c : bytes.substr(0, most)) text += escaped(c);
  text += '"';
  if (bytes.size() > most) text += fmt::format("... ({} bytes)", bytes.size());
  return text;
}

std::string count_of(std::size_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::string difference(std::string_view came, std::string_view expected) {
  if (came == expected) return {};
  const std::size_t shorter = std::min(came.size(), expected.size());
  const auto [at, _] =
      std::mismatch(came.begin(), came.begin() + static_cast<long>(shorter), expected.begin());
  const auto same = static_cast<std::size_t>(at - came.begin());
  if (same == came.size()) return fmt::format("only {} of {} bytes came", same, expected.size());
  if (same == expected.size()) {
    return fmt::format("after the expected {} bytes came {}", same, show(came.substr(same)));
  }
  return fmt::format("from byte {} on came {}, expected {}", same + 1, show(came.substr(same)),
                     show(expected.substr(same)));
}

}  // namespace octet::grading
