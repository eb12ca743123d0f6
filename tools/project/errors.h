#pragma once

#include <stdexcept>

namespace octet::lab {

/// The command line makes no sense: one line on stderr, exit status 2.
class UsageError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The command line is fine and the work cannot be done: one line on stderr, exit status 1.
class Failure : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace octet::lab
