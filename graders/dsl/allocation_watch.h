#pragma once

#include <cstddef>

namespace octet::grading {

/// Records the largest single request for memory, by any thread of this process, while it lives.
/// One at a time. A request of more than a gigabyte is refused with std::bad_alloc, so that a
/// solution's mistake is seen instead of felt by the machine.
class AllocationWatch {
 public:
  AllocationWatch();
  ~AllocationWatch();
  AllocationWatch(const AllocationWatch&) = delete;
  AllocationWatch& operator=(const AllocationWatch&) = delete;

  std::size_t largest() const;

  /// False under a sanitizer, which brings an operator new of its own: largest() is then 0.
  static bool works();
};

/// What this process has asked malloc for and not given back, in bytes; what malloc keeps of freed
/// memory does not count. 0 under a sanitizer.
std::size_t allocated_bytes();

}  // namespace octet::grading
