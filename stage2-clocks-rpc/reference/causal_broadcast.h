#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <variant>

#include "stage2-clocks-rpc/api/causal_broadcast.h"
#include "stage2-clocks-rpc/api/clocks.h"

namespace octet::causal {

using clocks::VectorStamp;

struct Told {
  std::uint64_t number = 0;  // among the broadcasts of its sender; the first is 1
  VectorStamp after;  // of each member how many broadcasts its sender had delivered before this one
  std::string text;
  bool operator==(const Told&) const = default;
};

struct Protocol : ProtocolDefaults {
  using Message = std::variant<Told>;
  using Input = causal::Input;
  using Output = causal::Output;
};
using Context = octet::Context<Protocol>;

/// One member, after Birman, Schiper and Stephenson (1991): a broadcast says by a vector what it
/// depends on, and is held back where that was not delivered yet. Only broadcasts count in these
/// vectors. To receive something is no event here, since nobody could ever deliver it.
class CausalBroadcast {
 public:
  using Protocol = causal::Protocol;

  /// For people who read a story.
  struct View {
    std::map<NodeId, std::uint64_t> delivered;
    std::size_t held_back = 0;
  };

  explicit CausalBroadcast(Config config);

  void start(std::span<const Protocol::Record> recovered, Context& ctx);
  void on(const Broadcast& broadcast, Context& ctx);
  void on(const Told& told, NodeId from, Context& ctx);

  View view() const { return {.delivered = delivered_.entries, .held_back = held_back_.size()}; }
  bool operator==(const CausalBroadcast&) const = default;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(delivered_, held_back_);
  }

 private:
  using Name = std::pair<NodeId, std::uint64_t>;  // the sender of a broadcast, and its number

  void deliver(NodeId from, const Told& told, Context& ctx);
  void deliver_held_back(Context& ctx);
  bool is_due(const Told& told) const;

  Config config_;
  VectorStamp delivered_;  // of each member so many of its broadcasts
  std::map<Name, Told> held_back_;
};

}  // namespace octet::causal
