#pragma once

#include <cstdint>

#include "runtime/search/explorer.h"

/// Every order of events between the primary and its backup.
namespace octet::examples {

/// Two entries for nodes 1 and 2. What the primary counts has to be on the backup's disk, whichever
/// of them crash, so many times; the goal is that both entries are stored.
search::Model primary_backup_model(bool is_hasty, std::uint32_t max_crashes);

}  // namespace octet::examples
