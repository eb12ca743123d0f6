#pragma once

#include <optional>
#include <span>
#include <variant>

#include "stage2-clocks-rpc/api/election.h"

/// The Bully algorithm (Garcia-Molina 1982): whoever misses the leader asks those above whether
/// they are up. The highest that is up stops the elections of all below it, and only then says that
/// it leads.
namespace octet::election::bully {

struct AreYouUp {};     // to those above
struct IAmUp {};        // the answer: leave the election to me
struct Halt {};         // to those below: I am the highest that is up, so stop your elections
struct Coordinator {};  // to those below: I am the leader

struct NobodyAbove {};     // no answer came
struct AllBelowHalted {};  // also what they had sent before has arrived
struct NoCoordinator {};   // somebody has crashed; begin again

/// The lists are a proposal, but for Input and Output.
struct Protocol : ProtocolDefaults {
  using Message = std::variant<AreYouUp, IAmUp, Halt, Coordinator>;
  using Timer = std::variant<NobodyAbove, AllBelowHalted, NoCoordinator>;
  using Input = election::Input;
  using Output = election::Output;
};
using Context = octet::Context<Protocol>;

class Bully {
 public:
  using Protocol = bully::Protocol;

  struct View {
    std::optional<NodeId> leader;
  };

  explicit Bully(const Config& config) : config_(config) {}

  /// A process that has just come up holds an election: it may be the highest.
  void start(std::span<const Protocol::Record> recovered, Context& ctx);
  void on(const Elect& elect, Context& ctx);
  void on(const AreYouUp& question, NodeId from, Context& ctx);
  void on(const IAmUp& answer, NodeId from, Context& ctx);
  void on(const NobodyAbove& timer, Context& ctx);
  void on(const Halt& halt, NodeId from, Context& ctx);
  void on(const AllBelowHalted& timer, Context& ctx);
  void on(const Coordinator& coordinator, NodeId from, Context& ctx);
  void on(const NoCoordinator& timer, Context& ctx);

  View view() const { return {.leader = leader_}; }
  bool operator==(const Bully& other) const = default;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(leader_);  // and all that you add
  }

 private:
  Config config_;
  std::optional<NodeId> leader_;
  // Your members.
};

}  // namespace octet::election::bully
