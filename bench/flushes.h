#pragma once

#include <cstddef>
#include <filesystem>

namespace octet::bench {

/// What the disk under a folder does without any of our code: records of so many bytes a second,
/// each written to the end of a file and flushed (fdatasync) before the next, for a while. The file
/// stays in the folder. Throws std::system_error when it cannot be written.
double flushes_per_second(const std::filesystem::path& folder, std::size_t record_bytes,
                          double seconds);

/// Throws std::runtime_error when the folder is kept in memory, which would make the disk look
/// infinitely fast, and std::system_error when it cannot be looked at.
void refuse_memory(const std::filesystem::path& folder);

}  // namespace octet::bench
