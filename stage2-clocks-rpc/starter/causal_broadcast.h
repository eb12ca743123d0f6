#pragma once

#include <span>
#include <string>
#include <variant>

#include "stage2-clocks-rpc/api/causal_broadcast.h"

namespace octet::causal {

/// What members tell each other is yours to choose: this is a beginning. Change its fields, add
/// others, and list them in Message; each has an on() below.

struct Told {
  std::string text;
};

struct Protocol : ProtocolDefaults {
  using Message = std::variant<Told>;
  using Input = causal::Input;
  using Output = causal::Output;
};
using Context = octet::Context<Protocol>;

/// One member. It delivers a broadcast when all that it depends on was delivered, and then at once.
class CausalBroadcast {
 public:
  using Protocol = causal::Protocol;

  /// What you want to see of a member in the story of a run.
  struct View {};

  explicit CausalBroadcast(Config config);

  void start(std::span<const Protocol::Record> recovered, Context& ctx);
  void on(const Broadcast& broadcast, Context& ctx);
  void on(const Told& told, NodeId from, Context& ctx);

  View view() const;
  bool operator==(const CausalBroadcast&) const = default;
  template <class Archive>
  void serialize(Archive& archive) {
    // Lists your members that change: archive(one_, another_).
  }

 private:
  // Your members.
};

}  // namespace octet::causal
