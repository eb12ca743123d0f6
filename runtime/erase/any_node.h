#pragma once

#include <any>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/erase/bytes.h"
#include "runtime/node.h"

namespace octet {

/// What a handler asked for, encoded.
struct AnyEffect {
  enum class Kind : std::uint8_t { send, set_timer, cancel_timer, persist, compact, emit };

  Kind kind;
  NodeId to = {};  // of a message
  Duration min = {};
  Duration max = {};
  Bytes bytes = {};  // the message, timer, record or output
  std::vector<Bytes> records =
      {};  // what a compact writes in the place of all that begin with `bytes`
};

/// A protocol's lists.
enum class List : std::uint8_t { message, timer, input, output, record };

/// What some bytes are: {"RequestVote", R"({"term":3})"}.
struct Shown {
  std::string name;
  std::string json;
};

/// A node of any class: bytes in, effects out. The worlds know nodes only through this. Handlers
/// may throw what they like; it comes through.
class AnyNode {
 public:
  virtual ~AnyNode() = default;
  virtual std::unique_ptr<AnyNode> clone() const = 0;

  /// Each appends to `effects`. False, and nothing happens, when the bytes are no such value.
  virtual bool start(std::span<const Bytes> records, Environment&, std::vector<AnyEffect>&) = 0;
  virtual bool deliver(std::string_view message, NodeId from, Environment&,
                       std::vector<AnyEffect>& effects) = 0;
  virtual bool fire(std::string_view timer, Environment&, std::vector<AnyEffect>& effects) = 0;
  virtual bool input(std::string_view input, Environment&, std::vector<AnyEffect>& effects) = 0;

  /// What serialize() lists. Equal nodes have equal states; that the converse holds is tested with
  /// equals(), since a field that serialize() forgets would merge what differs.
  virtual Bytes state() const = 0;
  virtual bool equals(const AnyNode& other) const = 0;

  /// A Node::View.
  virtual std::any view() const = 0;
  virtual std::string view_json() const = 0;

  /// Throws Undecodable.
  virtual Shown show(List list, std::string_view bytes) const = 0;

  /// "Pinger".
  virtual std::string_view class_name() const = 0;
};

}  // namespace octet
