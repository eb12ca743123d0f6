#pragma once

#include <cstddef>

#include "runtime/trace/trace.h"

namespace octet::view {

/// Made up, and as long as asked: a leader copies the entries of three clients to four followers.
trace::Trace long_run(std::size_t events);

}  // namespace octet::view
