#pragma once

#include <span>
#include <utility>
#include <vector>

#include "shelf_messages.h"

namespace octet::slots {

/// The slots of one node: a node inside a node (octet::inside) that keeps what is in them on disk
/// and moves them when the map changes. It knows nothing of operations.
class Shelf {
 public:
  using Protocol = ShelfProtocol;
  using Contents = slots::Contents;

  Shelf(SlotMap founding, Duration retry) : map_(std::move(founding)), retry_(retry) {}

  /// Slots that the founding map gives to this node are there from the beginning, and empty.
  void start(std::span<const Protocol::Record> recovered, ShelfContext& ctx);

  void on(const NewMap& input, ShelfContext& ctx);
  void on(const Keep& input, ShelfContext& ctx);

  void on(const Content& content, NodeId from, ShelfContext& ctx);
  void on(const Received& received, NodeId from, ShelfContext& ctx);
  void on(const RetryDue& due, ShelfContext& ctx);

  /// The latest that it knows.
  const SlotMap& map() const { return map_; }

  bool serves(Slot slot) const;
  std::vector<Slot> served() const;

  /// Also those that are given away and may not have arrived.
  std::vector<Slot> held() const;
  /// Of a slot that it holds.
  const Contents& contents(Slot slot) const;

  bool operator==(const Shelf&) const = default;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(map_);  // and all that you add
  }

 private:
  SlotMap map_;
  Duration retry_;
  // Your members.
};

}  // namespace octet::slots
