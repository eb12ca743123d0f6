#pragma once

#include <source_location>
#include <stdexcept>
#include <string>
#include <string_view>

namespace octet {

/// Thrown where a student has not written anything yet; the grader names the place.
class NotWritten : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

/// Throws NotWritten with the file, line and function of the call.
[[noreturn]] void not_written(std::source_location where);

/// Prints the broken condition, the reason and the place on stderr, and aborts.
[[noreturn]] void check_failed(std::string_view condition, std::string_view why,
                               std::source_location where) noexcept;

}  // namespace octet

/// States what must hold here and why; always on. A false condition is a bug in the program.
#define OCTET_CHECK(condition, why)                                                            \
  do {                                                                                         \
    if (!(condition)) ::octet::check_failed(#condition, why, std::source_location::current()); \
  } while (false)

/// Stands where a student's code belongs. Replace it.
#define YOUR_CODE_HERE ::octet::not_written(std::source_location::current())
