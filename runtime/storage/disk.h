#pragma once

#include <span>
#include <stdexcept>
#include <vector>

#include "runtime/erase/any_node.h"

namespace octet {

/// What is wrong with a disk, in a sentence.
struct DiskError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// What keeps a node's records.
class Disk {
 public:
  virtual ~Disk() = default;

  /// All records, in order.
  virtual std::vector<Bytes> read() const = 0;

  /// Persists and compacts, in order, and waits until all of them are durable. Throws when they may
  /// not be; nobody knows then what is on the disk, and nothing more may be written to it.
  virtual void write(std::span<const AnyEffect> writes) = 0;
};

}  // namespace octet
