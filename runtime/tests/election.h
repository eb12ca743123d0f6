#pragma once

#include <chrono>
#include <cstdint>
#include <set>
#include <span>
#include <utility>
#include <variant>
#include <vector>

#include "runtime/node.h"

/// A leader for each term, by majority, as in Raft without its log (Ongaro and Ousterhout 2014,
/// §5.2). For searches in tests: small, and wrong as soon as a vote is forgotten.
namespace octet::election {

struct RequestVote {
  std::uint32_t term = 0;
};
struct Vote {
  std::uint32_t term = 0;
};
struct Heartbeat {
  std::uint32_t term = 0;
};
struct ElectionDue {};
struct HeartbeatDue {};
struct HardState {
  std::uint32_t term = 0;
  NodeId voted_for;
};

struct Protocol : ProtocolDefaults {
  using Message = std::variant<RequestVote, Vote, Heartbeat>;
  using Timer = std::variant<ElectionDue, HeartbeatDue>;
  using Record = std::variant<HardState>;
};
using Context = octet::Context<Protocol>;

class Voter {
 public:
  using Protocol = election::Protocol;

  struct View {
    std::uint32_t term = 0;
    bool is_leader = false;
  };

  explicit Voter(std::vector<NodeId> all) : all_(std::move(all)) {}

  void start(std::span<const Protocol::Record> recovered, Context& ctx) {
    for (const auto& record : recovered) {
      term_ = std::get<HardState>(record).term;
      voted_for_ = std::get<HardState>(record).voted_for;
    }
    wait(ctx);
  }

  void on(const ElectionDue&, Context& ctx) {
    ++term_;
    voted_for_ = ctx.id();
    votes_ = {ctx.id()};
    save_vote(ctx);
    send_to_others(RequestVote{term_}, ctx);
    wait(ctx);
  }

  void on(const RequestVote& request, NodeId from, Context& ctx) {
    if (request.term > term_) follow(request.term, ctx);
    const bool is_free = voted_for_ == NodeId() || voted_for_ == from;
    if (request.term < term_ || !is_free) return;
    voted_for_ = from;
    save_vote(ctx);
    ctx.send(from, Vote{term_});
  }

  void on(const Vote& vote, NodeId from, Context& ctx) {
    if (vote.term != term_ || is_leader_) return;
    votes_.insert(from);
    if (votes_.size() * 2 <= all_.size()) return;
    is_leader_ = true;
    ctx.cancel_timer(ElectionDue());
    beat(ctx);
  }

  void on(const Heartbeat& heartbeat, NodeId, Context& ctx) {
    if (heartbeat.term > term_) follow(heartbeat.term, ctx);
  }

  void on(const HeartbeatDue&, Context& ctx) {
    if (is_leader_) beat(ctx);
  }

  View view() const { return {term_, is_leader_}; }
  bool operator==(const Voter&) const = default;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(term_, voted_for_, is_leader_, votes_);
  }

 private:
  void follow(std::uint32_t term, Context& ctx) {
    term_ = term;
    voted_for_ = NodeId();
    votes_.clear();
    is_leader_ = false;
    wait(ctx);
  }

  void save_vote(Context& ctx) { ctx.compact({HardState{term_, voted_for_}}); }

  void wait(Context& ctx) {
    ctx.set_timer(ElectionDue(), std::chrono::milliseconds(150), std::chrono::milliseconds(300));
  }

  void beat(Context& ctx) {
    send_to_others(Heartbeat{term_}, ctx);
    ctx.set_timer(HeartbeatDue(), std::chrono::milliseconds(50));
  }

  void send_to_others(const Protocol::Message& message, Context& ctx) {
    for (const NodeId node : all_) {
      if (node != ctx.id()) ctx.send(node, message);
    }
  }

  std::vector<NodeId> all_;
  std::uint32_t term_ = 0;
  NodeId voted_for_;
  bool is_leader_ = false;
  std::set<NodeId> votes_;
};

}  // namespace octet::election
