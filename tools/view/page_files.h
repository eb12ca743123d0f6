#pragma once

#include <span>

#include "tools/view/page.h"

namespace octet::view {

/// tools/cmake/embed.cmake writes them into the program.
std::span<const PageFile> page_files();

}  // namespace octet::view
