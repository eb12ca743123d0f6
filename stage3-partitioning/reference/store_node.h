#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>
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

  // Hints (hand_off.cc).
  void on(const HandOff& offer, NodeId stand_in, Context& ctx);
  void on(const HandedOff& answer, NodeId owner, Context& ctx);

  // Anti-entropy (anti_entropy.cc).
  void on(const RepairDue& timer, Context& ctx);
  void on(const CompareParts& theirs, NodeId node, Context& ctx);
  void on(const CompareKeys& theirs, NodeId node, Context& ctx);
  void on(const Exchange& theirs, NodeId node, Context& ctx);

  // The map, and slots that move (store_node.cc).
  void on(const NewMap& news, Context& ctx);
  void on(const NotServed& news, NodeId node, Context& ctx);
  void on(const slots::ShelfProtocol::Message& message, NodeId node, Context& ctx);
  void on(const slots::ShelfProtocol::Timer& timer, Context& ctx);

  View view() const;
  bool operator==(const StoreNode&) const = default;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(shelf_, trees_, hints_, life_, pending_, authors_, repairs_);
  }

 private:
  using Keys = std::map<std::string, Siblings>;

  /// Whom to ask about a copy.
  struct Target {
    NodeId node;
    Slot slot{};
    bool stand_in = false;
  };

  /// This node as a coordinator makes versions of a key, and knows those that it has made. It may
  /// be forgotten: another actor goes on then.
  struct Author {
    Actor actor = 0;
    Siblings knows = {};
    bool operator==(const Author&) const = default;
  };

  /// A node that has to ask itself does so at once.
  template <class Message>
  void tell(NodeId node, const Message& message, Context& ctx) {
    if (node == ctx.id()) {
      on(message, node, ctx);
    } else {
      ctx.send(node, message);
    }
  }

  // store_node.cc
  void act_upon(const std::vector<slots::ShelfProtocol::Output>& told);

  // coordinator.cc
  template <class Asked>
  void begin_write(const Asked& asked, std::optional<std::string> value, Context& ctx);
  void begin(std::uint64_t number, Pending request, Context& ctx);
  void ask_all(std::uint64_t number, Context& ctx);
  void ask(const Target& target, std::uint64_t number, Context& ctx);
  void end(std::uint64_t number, const Output& how, Context& ctx);

  // coordinator_answers.cc
  Pending* find(const RequestId& id);
  void have_read(std::uint64_t number, Context& ctx);
  void make_version(std::uint64_t number, Context& ctx);
  Author& author_of(const std::string& key, Context& ctx);
  void store(std::uint64_t number, Context& ctx);
  void succeed(std::uint64_t number, Context& ctx);
  void repair(std::uint64_t number, Context& ctx);

  // targets.cc
  std::vector<Target> targets(const Pending& request, NodeId self) const;
  std::vector<NodeId> stand_ins(const Pending& request) const;

  // levels.cc
  bool is_strict(const Pending& request) const;
  std::size_t wanted(const Pending& request) const;
  bool may_be_shown(const Pending& request) const;

  // read_repair.cc
  void repair_copies(Pending& request, Context& ctx);

  // copies.cc
  std::vector<Slot> slots_of(const std::string& key) const;
  Siblings copy_of(Slot slot, const std::string& key) const;
  Keys copies_in(Slot slot) const;
  void take_in(Slot slot, const std::string& key, const Siblings& copy, Context& ctx);
  void plant_tree(Slot slot);

  // hand_off.cc
  void hint(const HintsProtocol::Input& input, Context& ctx);
  void offer_hints(Slot slot, Context& ctx);

  // anti_entropy.cc
  void compare(Slot slot, Context& ctx);
  void compare(const Pair& slots, NodeId with, Context& ctx);
  CompareKeys keys_in(const std::set<std::uint32_t>& leaves, const Pair& slots) const;
  Keys some_copies(Slot slot, const std::vector<std::string>& keys) const;

  Config config_;
  slots::Shelf shelf_;              // the copies in the slots of this node
  std::map<Slot, HashTree> trees_;  // of these
  Hints hints_;                     // copies for the slots of others
  std::uint64_t life_ = 0;
  std::map<std::uint64_t, Pending> pending_;
  std::map<std::string, Author> authors_;
  std::uint64_t repairs_ = 0;  // so often a RepairDue has fired
};

}  // namespace octet::store
