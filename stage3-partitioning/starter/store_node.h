#pragma once

#include <span>
#include <vector>

#include "hash_tree.h"
#include "hints.h"
#include "pending.h"
#include "shelf.h"
#include "stage3-partitioning/api/store.h"
#include "store_protocol.h"
#include "versions.h"

namespace octet::store {

/// A node of the store. It has copies of the keys in its slots. For any key it coordinates
/// requests, by asking the nodes that have copies. And it repairs what copies have missed.
class StoreNode {
 public:
  using Protocol = store::Protocol;
  using View = store::View;

  explicit StoreNode(const Config& config)
      : config_(config), shelf_(config.founding, config.retry) {}

  void start(std::span<const Protocol::Record> recovered, Context& ctx);

  // Requests (coordinator.cc, coordinator_answers.cc).
  void on(const Get& get, Context& ctx);
  void on(const Put& put, Context& ctx);
  void on(const Delete& del, Context& ctx);
  void on(const CopyRead& answer, NodeId node, Context& ctx);
  void on(const CopyStored& answer, NodeId node, Context& ctx);
  void on(const RetryDue& timer, Context& ctx);
  void on(const PatienceIsOver& timer, Context& ctx);

  // Copies (copies.cc).
  void on(const ReadCopy& ask, NodeId coordinator, Context& ctx);
  void on(const StoreCopy& ask, NodeId coordinator, Context& ctx);

  // The map, and slots that move (store_node.cc).
  void on(const NewMap& news, Context& ctx);
  void on(const slots::ShelfProtocol::Message& message, NodeId node, Context& ctx);
  void on(const slots::ShelfProtocol::Timer& timer, Context& ctx);

  View view() const;
  bool operator==(const StoreNode&) const = default;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(shelf_);  // and all that you add
  }

 private:
  // What the shelf tells must be acted upon: octet::inside returns it.
  void act_upon(const std::vector<slots::ShelfProtocol::Output>& told);

  Config config_;
  slots::Shelf shelf_;  // the copies in the slots of this node
  // Your members.
};

}  // namespace octet::store
