#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "runtime/sim/world.h"

namespace octet::grading {

/// Members of a world that tell each other texts, judged by what they are told and what they tell.
/// Whatever happens, a member delivers only what was said, from whoever said it, once, and after
/// all that it depends on: what its sender had said and delivered before. Where all deliver in one
/// order, what two members have delivered never differs but in length. Texts are unique.
class Conversation {
 public:
  struct Delivery {
    NodeId from;
    std::string text;
  };

  /// What kind of members these are.
  struct Kind {
    std::function<std::unique_ptr<AnyNode>(const std::vector<NodeId>& members)> make;
    std::function<Bytes(const std::string& text)> input;
    std::function<Delivery(const Bytes& output)> output;
    bool all_in_one_order = false;
  };

  /// Adds the members to the world.
  Conversation(sim::World& world, const std::vector<NodeId>& members, const Kind& kind);
  Conversation(const Conversation&) = delete;
  Conversation& operator=(const Conversation&) = delete;

  void say(NodeId who, const std::string& text);

  /// `listener` hears of each delivery, at whom it is, and may say something.
  void on_delivery(std::function<void(NodeId at, const Delivery&)> listener);

  const std::vector<NodeId>& members() const { return members_; }
  std::size_t said() const { return texts_.size(); }

  /// The texts that a member has delivered, in order.
  std::vector<std::string> delivered(NodeId at) const;
  bool has_delivered(NodeId at, const std::string& text) const;

  /// Says who has not delivered what; empty when everybody has delivered everything.
  std::string missing() const;

  /// So many texts, each of which depends on the one before.
  std::size_t longest_chain() const;

 private:
  struct Text {
    NodeId from;
    std::string text;
    std::size_t known = 0;  // so much of what its sender had said and delivered
    std::size_t chain = 1;  // of texts that end with this one
  };

  void deliver(NodeId at, const Delivery& delivery);
  std::string what_is_wrong(NodeId at, const Delivery& delivery) const;
  std::string out_of_order(NodeId at, std::size_t text) const;
  bool has(NodeId at, std::size_t text) const;

  sim::World& world_;
  std::vector<NodeId> members_;
  Kind kind_;
  std::function<void(NodeId, const Delivery&)> listener_;
  std::vector<Text> texts_;
  std::map<std::string, std::size_t> index_;              // of each text
  std::map<NodeId, std::vector<std::size_t>> known_;      // said or delivered, in order
  std::map<NodeId, std::vector<std::size_t>> delivered_;  // in order
  std::map<NodeId, std::set<std::size_t>> has_;           // the same
  std::vector<std::size_t> order_;                        // of who has delivered most
  std::string problem_;
};

/// Ids that are not contiguous, neither in this order nor in any other.
std::vector<NodeId> members_of_size(std::size_t size);

}  // namespace octet::grading
