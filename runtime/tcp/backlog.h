#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

#include "runtime/erase/any_node.h"

namespace octet::tcp {

/// What a node has asked its disk for, and what waits for that: sends and outputs leave when the
/// writes before them are durable. Knows how much memory it takes, so that a node is given nothing
/// more to do while its disk is behind.
class Backlog {
 public:
  static constexpr std::size_t limit = 16U << 20;  // bytes

  void add_write(AnyEffect effect);

  /// A send or an output, behind all writes so far.
  void add_waiting(AnyEffect effect);

  /// Everything is durable, and nothing waits.
  bool is_empty() const { return durable_ == issued_ && waiting_.empty(); }

  /// What one handler adds may be more than the limit.
  bool is_full() const { return bytes() > limit; }
  std::size_t bytes() const { return next_bytes_ + given_bytes_ + waiting_bytes_; }

  /// All writes that came since the last batch, for the disk; none while it has not finished that.
  std::vector<AnyEffect> take_batch();

  /// The disk has finished the last batch.
  void finish_batch();

  /// The next effect that waits no longer.
  std::optional<AnyEffect> take_ready();

 private:
  struct Waiting {
    AnyEffect effect;
    std::uint64_t write;  // leaves when so many are durable
  };

  std::vector<AnyEffect> next_;  // batch
  std::deque<Waiting> waiting_;
  std::uint64_t issued_ = 0;   // writes
  std::uint64_t given_ = 0;    // to the disk
  std::uint64_t durable_ = 0;  // there
  std::size_t next_bytes_ = 0;
  std::size_t given_bytes_ = 0;  // and not yet durable
  std::size_t waiting_bytes_ = 0;
};

}  // namespace octet::tcp
