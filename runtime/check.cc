#include "runtime/check.h"

#include <cstdio>
#include <cstdlib>

namespace octet {
namespace {

std::string place(const std::source_location& where) {
  return std::string(where.file_name()) + ":" + std::to_string(where.line());
}

}  // namespace

void not_written(std::source_location where) {
  throw NotWritten("not written yet: " + place(where) + " (" + where.function_name() + ")");
}

void check_failed(std::string_view condition, std::string_view why,
                  std::source_location where) noexcept {
  std::fprintf(stderr, "%s: %.*s does not hold: %.*s\n", place(where).c_str(),
               static_cast<int>(condition.size()), condition.data(), static_cast<int>(why.size()),
               why.data());
  std::abort();
}

}  // namespace octet
