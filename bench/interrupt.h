#pragma once

#include <exception>

namespace octet::bench {

struct Interrupted : std::exception {
  const char* what() const noexcept override { return "interrupted"; }
};

/// From now on Ctrl-C and SIGTERM end the program by an exception, so that it takes its files
/// along.
void catch_interrupts();

/// Throws Interrupted when one came.
void stop_if_interrupted();

}  // namespace octet::bench
