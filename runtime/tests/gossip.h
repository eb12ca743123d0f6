#pragma once

#include <chrono>
#include <cstdint>
#include <set>
#include <span>
#include <utility>
#include <variant>
#include <vector>

#include "runtime/node.h"

/// Rumors that spread by chance: who knows one tells a node that it picks at random, again and
/// again (Demers et al. 1987, §1.3, push). For tests of ctx.choose(): nobody else decides anything.
namespace octet::gossip {

struct Rumors {
  std::set<std::uint32_t> all;
};
struct RoundDue {};
struct Hear {
  std::uint32_t rumor = 0;
};
struct Learned {
  std::uint32_t rumor = 0;
};

struct Protocol : ProtocolDefaults {
  using Message = std::variant<Rumors>;
  using Timer = std::variant<RoundDue>;
  using Input = std::variant<Hear>;
  using Output = std::variant<Learned>;
};
using Context = octet::Context<Protocol>;

class Gossiper {
 public:
  using Protocol = gossip::Protocol;

  struct View {
    std::set<std::uint32_t> known;
  };

  explicit Gossiper(std::vector<NodeId> peers) : peers_(std::move(peers)) {}

  void start(std::span<const Protocol::Record>, Context&) {}

  void on(const Hear& hear, Context& ctx) { learn(hear.rumor, ctx); }

  void on(const Rumors& rumors, NodeId, Context& ctx) {
    for (const std::uint32_t rumor : rumors.all) learn(rumor, ctx);
  }

  void on(const RoundDue&, Context& ctx) {
    ctx.send(peers_[ctx.choose(peers_.size())], Rumors{known_});
    wait(ctx);
  }

  View view() const { return {known_}; }
  bool operator==(const Gossiper&) const = default;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(known_);
  }

 private:
  void learn(std::uint32_t rumor, Context& ctx) {
    if (!known_.insert(rumor).second) return;
    ctx.emit(Learned{rumor});
    if (known_.size() == 1) wait(ctx);
  }

  void wait(Context& ctx) {
    ctx.set_timer(RoundDue(), std::chrono::milliseconds(50), std::chrono::milliseconds(100));
  }

  std::vector<NodeId> peers_;
  std::set<std::uint32_t> known_;
};

}  // namespace octet::gossip
