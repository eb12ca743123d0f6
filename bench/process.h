#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "runtime/process/child_process.h"

namespace octet::bench {

/// A program that runs on this processor only, where one is named. Nobody wants its messages.
Launch quiet(std::vector<std::string> command, std::optional<int> cpu);

/// In bytes (VmRSS).
std::size_t resident_memory(const ChildProcess& process);

/// Runs a program to its end and returns what it wrote on stdout.
/// Throws std::runtime_error when it does not end with status 0.
std::string output_of(const std::vector<std::string>& command, std::optional<int> cpu = {});

/// A TCP port on 127.0.0.1 that nobody listened on a moment ago.
std::uint16_t free_port();

/// Likewise, so many that are all different, in order.
std::vector<std::uint16_t> free_ports(std::size_t count);

/// Waits until something accepts connections there. Throws std::runtime_error when the process ends
/// first, or after ten seconds.
void wait_until_listening(ChildProcess& process, std::uint16_t port);

}  // namespace octet::bench
