#pragma once

#include <filesystem>
#include <memory>

#include "bench/stage4/store.h"

namespace octet::bench {

/// Three members of etcd with its own defaults, but for addresses, the data's folder and what it
/// writes to its log.
std::unique_ptr<Store> start_etcd(const std::filesystem::path& folder);

}  // namespace octet::bench
