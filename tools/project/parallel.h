#pragma once

#include <cstddef>
#include <functional>

namespace octet::lab {

/// Calls work(0), ..., work(count - 1), as many at a time as there are cores, and returns when all
/// are done. The first exception that one throws is thrown on after that.
void on_all_cores(std::size_t count, const std::function<void(std::size_t)>& work);

}  // namespace octet::lab
