#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "graders/stage3-partitioning/replica_rules.h"
#include "runtime/sim/world.h"
#include "stage3-partitioning/api/solution.h"

namespace octet::followers {

/// Ten times what a run of these tests has, so that one that never comes to rest is soon over.
inline const sim::WorldOptions limited = {.max_events = 100'000};

/// Messages are lost, come twice, and come seconds late.
inline const sim::WorldOptions rough = {.network = {.loss = 30'000,
                                                    .duplication = 100'000,
                                                    .long_delay = 20'000,
                                                    .longest_delay = std::chrono::seconds(3)},
                                        .max_events = 300'000};

/// So many replicas, with ids that are neither contiguous nor in order.
std::vector<NodeId> replicas_of_size(std::size_t size);

/// What a client asked of a replica, and what came back.
struct Request {
  NodeId at;
  std::uint64_t life = 0;  // of the replica
  std::uint64_t number = 0;
  Input input;
  std::optional<Output> answer = {};
};

/// The replicas of one log in a world, their operator, and clients. The rules of replica_rules.h
/// hold at every moment, and so does what each answer says. What a test waits for in vain fails the
/// world.
class Replicas {
 public:
  Replicas(sim::World& world, std::size_t size, Config config = {});
  Replicas(const Replicas&) = delete;
  Replicas& operator=(const Replicas&) = delete;

  const std::vector<NodeId>& ids() const { return config_.replicas; }
  const Config& config() const { return config_; }
  View view(NodeId id) const { return world_.view<View>(id); }
  std::vector<NodeId> others(const std::vector<NodeId>& than) const;
  const ReplicaRules& rules() const { return rules_; }

  /// After what is broken has healed, everything that has to come has come by then.
  Duration bound() const { return 40 * config_.retry; }

  // The operator.

  /// Hands this replica an epoch, by default a new one.
  Epoch fail_over(NodeId at) { return fail_over(at, Epoch{number_of_last_epoch_ + 1}); }
  Epoch fail_over(NodeId at, Epoch epoch);
  std::optional<NodeId> leader_of(Epoch epoch) const;  // while it is up and leads
  /// Those that hear each other are enough, and this one is among them.
  NodeId wait_for_leader(Epoch epoch, NodeId asked);
  /// A new epoch by way of this replica; who leads then.
  NodeId elect(NodeId at) { return wait_for_leader(fail_over(at), at); }

  // Clients. Each returns a number for the functions below.

  std::size_t submit(NodeId at, const Write& write);
  std::size_t put(NodeId at) { return submit(at, Put{"x", next_value()}); }
  std::size_t add(NodeId at) { return submit(at, Add{"counter", next_amount()}); }
  std::size_t read(NodeId at, const std::string& key, Token seen = {});
  std::string next_value();
  std::int64_t next_amount() { return static_cast<std::int64_t>(++last_value_); }

  const Request& request(std::size_t number) const { return requests_.at(number); }
  /// The answer, if it is of this kind.
  template <class Answer>
  const Answer* answer(std::size_t number) const {
    const auto& answer = request(number).answer;
    return answer ? std::get_if<Answer>(&*answer) : nullptr;
  }
  /// Waits for an answer of this kind.
  template <class Answer>
  Answer expect(std::size_t number, const std::string& kind) {
    wait_for_answer(number, kind);
    if (const Answer* it = answer<Answer>(number)) return *it;
    fail_with_answer(number, kind);
  }
  Token acknowledged(std::size_t number) {
    return expect<Acknowledged>(number, "Acknowledged").token;
  }
  Value value(std::size_t number) { return expect<Value>(number, "Value"); }

  /// A put that is acknowledged; its token.
  Token put_done(NodeId at) { return acknowledged(put(at)); }

  /// Runs until all these show that they have applied everything up to this token.
  void wait_until_applied(Token token, const std::vector<NodeId>& by);
  /// Whether its log has this write.
  bool has_in_log(NodeId id, std::size_t request) const;

  /// Everything is whole: a leader is elected, a write is acknowledged, and all replicas come to
  /// the same log and values.
  void expect_agreement();

  std::size_t acknowledgements() const { return acknowledgements_; }
  std::size_t values() const { return values_; }

 private:
  std::size_t ask(NodeId at, std::uint64_t number, const Input& input);
  void hear(NodeId id, const Output& output);
  std::string wrong(const Request& request, const Acknowledged& answer);
  std::string wrong(const Request& request, const NotLeader& answer);
  std::string wrong(const Request& request, const Value& answer);
  std::string wrong(const Request& request, const Lost& answer);
  std::string wrong(const Request& request, const Busy& answer);
  std::string wrong_token(const Request& request, Token token);
  std::string not_safe(const Request& request, Token token);
  void wait_for_answer(std::size_t number, const std::string& kind);
  [[noreturn]] void fail_with_answer(std::size_t number, const std::string& kind) const;

  sim::World& world_;
  Config config_;
  ReplicaRules rules_;
  std::uint64_t number_of_last_epoch_ = 0;
  std::uint64_t last_value_ = 0;
  std::uint64_t last_number_ = 0;
  std::vector<Request> requests_;
  std::map<std::pair<NodeId, std::uint64_t>, std::size_t> open_;  // by replica and number
  std::size_t acknowledgements_ = 0;
  std::size_t values_ = 0;
};

/// Nothing gets from these to those, or back, until the world heals.
void cut(sim::World& world, const std::vector<NodeId>& these, const std::vector<NodeId>& those);

}  // namespace octet::followers
