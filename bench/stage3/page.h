#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace octet::bench {

/// A page that needs nothing from elsewhere, of sections one below the other. These are HTML, and
/// may use what bench/plot.h styles: <div class="plots"> has figures side by side.
std::string page_of(const std::vector<std::string>& sections);

/// A drawing under its title and a sentence about it.
std::string figure(const std::string& title, const std::string& about, const std::string& svg);

/// Throws std::runtime_error when there is a file that is no such page, so that nothing of somebody
/// else is overwritten.
void refuse_other_file(const std::filesystem::path& file);

/// Throws std::runtime_error, naming the file, when it cannot be written.
void write_page(const std::filesystem::path& file, const std::vector<std::string>& sections);

}  // namespace octet::bench
