#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "shelf_messages.h"

namespace octet::slots {

/// The slots of one node: a node inside a node (octet::inside) that keeps what is in them on disk
/// and moves them when the map changes. It knows nothing of operations.
///
/// A map is a wish; only a promise changes who has a slot. A shelf offers what it has to the owner
/// that its map names, and goes on serving it. When that one wants it, the shelf promises it: it
/// serves the slot no more, writes the promise down, and then sends the content, again and again,
/// until the other one has it on disk. Then it forgets the content. A promise is kept whatever maps
/// come, so there is never a second way for a slot to go: whoever gets it passes it on. Dynamo's
/// hosts, too, confirm before a range of keys goes from one to the other (§4.9).
///
/// Contents are told apart by how often they have moved. A shelf takes only what has moved more
/// often than all it ever had of that slot, so copies that come late change nothing.
class Shelf {
 public:
  using Protocol = ShelfProtocol;
  using Contents = slots::Contents;

  Shelf(SlotMap founding, Duration retry);

  void start(std::span<const Protocol::Record> recovered, ShelfContext& ctx);

  void on(const NewMap& input, ShelfContext& ctx);
  void on(const Keep& input, ShelfContext& ctx);

  void on(const Offer& offer, NodeId from, ShelfContext& ctx);
  void on(const Wanted& wanted, NodeId from, ShelfContext& ctx);
  void on(const Content& content, NodeId from, ShelfContext& ctx);
  void on(const Received& received, NodeId from, ShelfContext& ctx);
  void on(const OfferDue& due, ShelfContext& ctx);

  /// The latest that it knows.
  const SlotMap& map() const { return map_; }

  bool serves(Slot slot) const;
  std::vector<Slot> served() const;

  /// Also those that are promised and may not have arrived.
  std::vector<Slot> held() const;
  /// Of a slot that it holds.
  const Contents& contents(Slot slot) const { return held_.at(slot).contents; }

  bool operator==(const Shelf&) const = default;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(map_, moves_, held_, log_size_);
  }

 private:
  struct Held {
    Contents contents;
    std::optional<NodeId> promised_to = {};
    bool sent = false;  // since it was offered last
    bool operator==(const Held&) const = default;
  };

  // Moving (shelf.cc).
  void take(const SlotMap& map, ShelfContext& ctx);
  NodeId goes_to(Slot slot) const;
  void offer(Slot slot, ShelfContext& ctx);
  Moves moves_of(Slot slot) const;

  // Records (shelf_records.cc).
  void recover(std::span<const Protocol::Record> records);
  void write(const Protocol::Record& record, ShelfContext& ctx);
  void apply(const MapTaken& taken) { map_ = taken.map; }
  void apply(const Kept& kept) { held_.at(kept.slot).contents[kept.key] = kept.state; }
  void apply(const Came& came);
  void apply(const Promised& promised) { held_.at(promised.slot).promised_to = promised.to; }
  void apply(const Gone& gone);
  std::vector<Protocol::Record> shortest_log() const;
  std::size_t live_size() const;

  SlotMap map_;
  Duration retry_;
  std::map<Slot, Moves> moves_;  // the most that it ever had, of each slot that it ever had
  std::map<Slot, Held> held_;
  std::size_t log_size_ = 0;  // on disk, in keys and records
};

}  // namespace octet::slots
