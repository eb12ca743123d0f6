#pragma once

#include <filesystem>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace octet::selftest {

/// The files of the tree with one of these extensions (all when there are none), sorted, without
/// what is built or remembered.
std::vector<std::filesystem::path> tree_files(const std::filesystem::path& root,
                                              std::initializer_list<std::string_view> extensions);

std::string read_file(const std::filesystem::path& file);

}  // namespace octet::selftest
