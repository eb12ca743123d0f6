#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/node.h"
#include "runtime/random.h"
#include "runtime/sim/fault.h"
#include "runtime/sim/occurrences.h"

namespace octet::sim {

/// How a network treats messages; rates are per million.
struct NetworkOptions {
  Duration min_latency = std::chrono::milliseconds(1);
  Duration max_latency = std::chrono::milliseconds(10);
  std::uint32_t loss = 0;
  std::uint32_t duplication = 0;
  std::uint32_t long_delay = 0;  // beyond every timer
  Duration longest_delay = std::chrono::seconds(10);
};

struct Envelope {
  NodeId from;
  NodeId to;
  std::string_view bytes;
};
using Filter = std::function<bool(const Envelope&)>;

/// Decides what becomes of each message. A message is known by its link, its content and how often
/// that content came, not by its place in the run: so its fate stays when others are taken out.
class Network {
 public:
  /// Of one message.
  struct Fate {
    const char* lost = nullptr;  // why, when it is
    Duration latency{};
    bool twice = false;
    Duration second_latency{};
  };

  using Namer = std::function<std::string(const Envelope&)>;

  /// `name` tells what a message is, for people.
  Network(std::uint64_t seed, const NetworkOptions& options, Namer name);

  Fate decide(const Envelope& message, Duration now);

  /// Does to the message with that key what the fault says.
  void script(const Fault& fault) { script_[fault.message].push_back(fault); }

  /// What went wrong with messages so far, by chance or by script.
  const Plan& faults() const { return faults_; }

  /// Nothing gets from one to the other, also not what is under way.
  void cut(NodeId from, NodeId to) { cuts_.emplace(from, to); }
  void heal(NodeId from, NodeId to) { cuts_.erase({from, to}); }
  bool is_cut(NodeId from, NodeId to) const { return !cuts_.empty() && cuts_.contains({from, to}); }
  const std::set<std::pair<NodeId, NodeId>>& cuts() const { return cuts_; }

  /// From now on, to every message that the filter takes. The last rule counts first.
  void drop(Filter filter) { rules_.push_back({std::move(filter), Rule::Action::lose, {}}); }
  void delay(Filter filter, Duration by) {
    rules_.push_back({std::move(filter), Rule::Action::delay, by});
  }
  void duplicate(Filter filter, Duration later) {
    rules_.push_back({std::move(filter), Rule::Action::duplicate, later});
  }
  void forget_rules() { rules_.clear(); }

 private:
  struct Rule {
    Filter takes;
    enum class Action : std::uint8_t { lose, delay, duplicate } action;
    Duration by;
  };

  std::uint64_t key_of(const Envelope& message);
  Duration latency(std::uint64_t key) const;
  void follow_chance(const Envelope& message, std::uint64_t key, Duration now, Fate& fate);
  void follow_script(std::uint64_t key, Fate& fate);
  void follow_rules(const Envelope& message, Fate& fate) const;

  NetworkOptions options_;
  Namer name_;
  Draws loss_;
  Draws latency_;
  Draws duplication_;
  Draws long_delay_;
  Occurrences occurrences_;
  std::set<std::pair<NodeId, NodeId>> cuts_;
  std::vector<Rule> rules_;
  std::map<std::uint64_t, Plan> script_;  // by key
  Plan faults_;
};

}  // namespace octet::sim
