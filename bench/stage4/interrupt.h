#pragma once

namespace octet::bench {

/// From now on Ctrl-C and SIGTERM end the program by an exception, so that it takes its files
/// along.
void catch_interrupts();

/// Throws std::runtime_error when one came.
void stop_if_interrupted();

}  // namespace octet::bench
