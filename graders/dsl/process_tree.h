#pragma once

#include <sys/types.h>

#include <vector>

namespace octet::grading {

/// The living processes whose parent this process is.
std::vector<pid_t> living_children();

/// Kills every descendant of this process, also those that hid by forking twice or by setsid, and
/// returns when none is left. This process must be a child subreaper.
void kill_descendants();

}  // namespace octet::grading
