#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <variant>
#include <vector>

#include "stage2-clocks-rpc/api/election.h"

/// The election of Chang and Roberts (1979) on a ring that may have holes: an id goes around, and
/// only the highest comes back to its owner. A process that is down is skipped.
namespace octet::election::ring {

/// What goes around.
struct Notice {
  NodeId id;
  bool is_elected = false;  // first a candidate, then the leader
  std::vector<NodeId> passed = {};
  bool operator==(const Notice&) const = default;
};

struct Pass {
  std::uint64_t hop = 0;  // the sender's number for it
  Notice notice;
};

struct Received {
  std::uint64_t hop = 0;
};

struct NotReceived {
  std::uint64_t hop = 0;
};

struct NotElected {};

struct Protocol : ProtocolDefaults {
  using Message = std::variant<Pass, Received>;
  using Timer = std::variant<NotReceived, NotElected>;
  using Input = election::Input;
  using Output = election::Output;
};
using Context = octet::Context<Protocol>;

class Ring {
 public:
  using Protocol = ring::Protocol;

  struct View {
    bool participates = false;
    std::optional<NodeId> leader;
  };

  explicit Ring(const Config& config) : config_(config) {}

  /// A process that has just come up holds an election: it may be the highest.
  void start(std::span<const Protocol::Record> recovered, Context& ctx);
  void on(const Elect& elect, Context& ctx);
  void on(const Pass& pass, NodeId from, Context& ctx);
  void on(const Received& received, NodeId from, Context& ctx);
  void on(const NotReceived& timer, Context& ctx);
  void on(const NotElected& timer, Context& ctx);

  View view() const { return {.participates = participates_, .leader = leader_}; }
  bool operator==(const Ring& other) const = default;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(participates_, leader_, last_hop_, hops_);
  }

 private:
  /// A notice on its way to the next process; `to` has not said that it came.
  struct Hop {
    NodeId to;
    Notice notice;
    bool operator==(const Hop&) const = default;
  };

  void hold_election(Context& ctx);
  void participate(Context& ctx);
  void take(Notice notice, Context& ctx);
  void take_candidate(Notice notice, Context& ctx);
  void win(Context& ctx);
  void take_leader(Notice notice, Context& ctx);
  void pass_on(Notice notice, Context& ctx);
  void send(std::uint64_t hop, Context& ctx);
  NodeId successor(NodeId of) const;
  void set_leader(NodeId leader, Context& ctx);

  Config config_;
  bool participates_ = false;  // it has passed a candidate on, and no leader has come yet
  std::optional<NodeId> leader_;
  std::uint64_t last_hop_ = 0;
  std::map<std::uint64_t, Hop> hops_;
};

}  // namespace octet::election::ring
