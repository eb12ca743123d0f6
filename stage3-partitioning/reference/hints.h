#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "hash_tree.h"
#include "runtime/node.h"
#include "stage3-partitioning/api/slots.h"
#include "versions.h"

namespace octet::store {

/// This node stands in for the owner of the slot, and keeps this of the key until the owner has it;
/// from then on, nothing.
struct Hint {
  slots::Slot slot{};
  std::string key;
  std::optional<Siblings> copy;
};

// Inputs: what the node around the hints wants.

/// Take this in, too.
struct KeepHint {
  slots::Slot slot{};
  std::string key;
  Siblings copy;
};
/// The owner has on disk what had this digest.
struct DropHint {
  slots::Slot slot{};
  std::string key;
  Digest digest{};
};

struct HintsProtocol : ProtocolDefaults {
  using Input = std::variant<KeepHint, DropHint>;
  using Record = std::variant<Hint>;
};
using HintsContext = octet::Context<HintsProtocol>;

/// What a node keeps on disk for the owners of slots (hinted hand-off, §4.6): a node inside a node
/// (octet::inside). Like a shelf, it writes its log anew when most of that is of no use any more.
class Hints {
 public:
  using Protocol = HintsProtocol;
  using Keys = std::map<std::string, Siblings>;

  void start(std::span<const Protocol::Record> recovered, HintsContext& ctx);
  void on(const KeepHint& input, HintsContext& ctx);
  void on(const DropHint& input, HintsContext& ctx);

  Siblings copy_of(slots::Slot slot, const std::string& key) const;

  /// Those of slots that have any.
  const std::map<slots::Slot, Keys>& all() const { return hints_; }
  std::vector<slots::Slot> slots() const;
  std::size_t size() const;

  bool operator==(const Hints&) const = default;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(hints_, log_size_);
  }

 private:
  void write(const Hint& hint, HintsContext& ctx);
  void apply(const Hint& hint);
  std::vector<Protocol::Record> shortest_log() const;

  std::map<slots::Slot, Keys> hints_;
  std::size_t log_size_ = 0;  // on disk, in records
};

/// Of a key and what somebody knows of it.
Digest digest_of(const std::string& key, const Siblings& copy);

}  // namespace octet::store
