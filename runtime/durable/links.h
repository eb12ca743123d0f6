#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <vector>

#include "runtime/erase/bytes.h"

namespace octet::durable {

/// What crosses a link: a message of the inner node with its number on this link, from 1, or only
/// news of what has arrived.
struct Packet {
  std::uint64_t number = 0;    // 0: there is no message
  std::uint64_t received = 0;  // the sender has all messages of the receiver up to this one
  Bytes content = {};
};

/// The two ends of a node's links: what it has sent and is not acknowledged, and what it has got.
class Links {
 public:
  /// The packet for a new message.
  Packet send(NodeId to, const Bytes& content);

  /// Whether the turn of the message in the packet has come. A repeated one is not wanted any more,
  /// and one that has overtaken another will be sent again.
  bool is_next(NodeId from, const Packet& packet) const;

  /// Takes note of what has arrived there, and of the message if it is the next.
  void receive(NodeId from, const Packet& packet);

  /// Acknowledges all that came from this node.
  Packet acknowledgement(NodeId to) const;

  struct Unsent {
    NodeId to;
    Packet packet;
  };
  /// What has to be sent again, at most `most` for each node.
  std::vector<Unsent> unacknowledged(std::size_t most) const;
  bool is_all_acknowledged() const;

  template <class Archive>
  void serialize(Archive& archive) {
    archive(ends_);
  }

 private:
  struct End {
    std::uint64_t sent = 0;
    std::uint64_t received = 0;
    std::deque<Bytes> waiting = {};  // not acknowledged; the last is number `sent`
  };

  std::map<NodeId, End> ends_;
};

}  // namespace octet::durable
