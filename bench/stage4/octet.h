#pragma once

#include <filesystem>
#include <memory>

#include "bench/stage4/store.h"

namespace octet::bench {

/// Three servers of a solution's store: processes of this program, one for each node. Clients are
/// nodes, too, and run in our own process; each has one connection to each server.
std::unique_ptr<Store> start_octet(const std::filesystem::path& node_program,
                                   const std::filesystem::path& folder);

}  // namespace octet::bench
