#pragma once

#include <span>
#include <string>
#include <variant>

#include "lamport_clock.h"
#include "stage2-clocks-rpc/api/total_order.h"

namespace octet::total_order {

/// What members tell each other is yours to choose: these are a beginning. Change their fields, add
/// others, and list them in Message; each has an on() below.

struct Told {
  std::string text;
};

struct Acknowledged {};

struct Protocol : ProtocolDefaults {
  using Message = std::variant<Told, Acknowledged>;
  using Input = total_order::Input;
  using Output = total_order::Output;
};
using Context = octet::Context<Protocol>;

/// One member. Whoever multicasts what, and however messages are delayed, doubled and overtaken:
/// what two members have delivered never differs but in length.
class TotalOrder {
 public:
  using Protocol = total_order::Protocol;

  /// What you want to see of a member in the story of a run.
  struct View {};

  explicit TotalOrder(Config config);

  void start(std::span<const Protocol::Record> recovered, Context& ctx);
  void on(const Multicast& multicast, Context& ctx);
  void on(const Told& told, NodeId from, Context& ctx);
  void on(const Acknowledged& acknowledged, NodeId from, Context& ctx);

  View view() const;
  bool operator==(const TotalOrder&) const = default;
  template <class Archive>
  void serialize(Archive& archive) {
    // Lists your members that change: archive(one_, another_).
  }

 private:
  // Your members.
};

}  // namespace octet::total_order
