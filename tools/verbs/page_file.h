#pragma once

#include <filesystem>
#include <functional>
#include <ostream>
#include <string>

/// Writing what the verbs make.
namespace octet::lab {

/// Throws Failure, naming the file, when it cannot be written.
void write_file(const std::filesystem::path& file,
                const std::function<void(std::ostream&)>& contents);

/// Writes a page of the space-time view. It may take the place of an older page; throws Failure
/// when something else is there.
void write_page(const std::filesystem::path& file, const std::function<std::string()>& page);

}  // namespace octet::lab
