#pragma once

#include <cstddef>

namespace octet::bench {

/// What this program has taken from operator new and not given back, with what malloc adds to each
/// piece. The program has an operator new of its own, which counts; it has one thread.
std::size_t bytes_in_use();

}  // namespace octet::bench
