#pragma once

#include <cstdint>
#include <deque>
#include <vector>

#include "runtime/erase/any_node.h"

namespace octet::sim {

/// An append-only file of records with a checksum each. Writes arrive in order, some time after
/// they were issued. A crash keeps those that arrived and a beginning of the others; a record that
/// was torn in the middle fails its checksum and counts as lost.
class Disk {
 public:
  /// A persist or a compact is under way from now on.
  void issue(AnyEffect write) {
    under_way_.push_back(std::move(write));
    ++issued_;
  }

  std::uint64_t issued() const { return issued_; }
  std::uint64_t arrived() const { return issued_ - under_way_.size(); }
  const AnyEffect& next() const { return under_way_.front(); }

  /// The oldest write that is under way is durable now.
  void arrive();

  /// So many of the writes under way are durable, the rest never was.
  void crash(std::size_t survivors);

  const std::vector<Bytes>& records() const { return records_; }

  /// The disk was exchanged for an empty one, or lost its last records.
  void erase() { records_.clear(); }
  void forget(std::size_t last);

 private:
  std::vector<Bytes> records_;
  std::deque<AnyEffect> under_way_;
  std::uint64_t issued_ = 0;
};

}  // namespace octet::sim
