#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "runtime/erase/any_node.h"
#include "runtime/search/snapshot.h"
#include "runtime/search/step.h"

namespace octet::search {

/// What the application asks of a node at some time. The inputs of one node come in their order;
/// those of different nodes come in every order.
struct GivenInput {
  NodeId node;
  Bytes input;
};

/// The world to search: who is in it, what may happen, and what must hold.
///
/// Every node is started before anything else happens. Then, in every order:
/// - any message in flight arrives, at a node that is up. It may also never arrive: whatever is
///   found with some messages left in flight is found as if they had been lost;
/// - any timer that is set fires, whatever its time; now() and wall_clock() stand still;
/// - the next input is given to a node that is up; and so is what its application answers to its
///   outputs, at any time and in any order, until the node crashes;
/// - ctx.choose(n) returns any of its values;
/// - within `max_crashes`, a node crashes: between two handlers, or in one, after any of its
///   effects. Its state and timers are gone; its records, what it sent and what it emitted stay. A
///   record is durable as soon as its persist() is performed. An input may be lost with its node
///   before the first effect. The node may start again at any time.
struct Model {
  static constexpr std::uint32_t unlimited = std::numeric_limits<std::uint32_t>::max();

  struct Check {
    std::string name;
    std::function<std::string(const Snapshot&)> broken;  // "" when it holds
  };
  struct Condition {
    std::string name;
    std::function<bool(const Snapshot&)> is_met;
  };

  std::vector<NodeId> nodes = {};
  std::function<std::unique_ptr<AnyNode>(NodeId)> make = {};  // a fresh node, not yet started
  std::vector<GivenInput> inputs = {};

  /// What a node's application answers to an output: inputs. A function of nothing else.
  using Application = std::function<std::vector<Bytes>(const Bytes& output)>;
  std::map<NodeId, Application> applications = {};

  /// Each is for the whole run and all nodes together, and at most 255. A loss takes a message out
  /// of flight, which only a check that looks at messages() can tell from one that never arrives. A
  /// duplicate is a message that arrives and stays in flight.
  std::uint32_t max_crashes = 0;
  std::uint32_t max_losses = 0;
  std::uint32_t max_duplicates = 0;

  /// So many equal messages of one sender to one receiver are in flight at once; a further one is
  /// lost as it is sent. Without this, a protocol that sends again has no finite space.
  std::uint32_t max_copies = unlimited;

  /// What has happened before the search begins: the trace of a result, for a search in stages, or
  /// to see a run again. It begins with the start of every node, and counts towards the budgets.
  std::vector<Step> opening = {};

  std::vector<Check> invariants = {};
  std::vector<Condition> goals = {};
  std::vector<Condition> prunes = {};

  /// Must hold in every state. The function returns what is wrong in a sentence, or "".
  Model& invariant(std::string name, std::function<std::string(const Snapshot&)> broken) {
    invariants.push_back({std::move(name), std::move(broken)});
    return *this;
  }

  /// Shall be met in some state; the result says whether it was.
  Model& goal(std::string name, std::function<bool(const Snapshot&)> is_met) {
    goals.push_back({std::move(name), std::move(is_met)});
    return *this;
  }

  /// The search does not go on from where it is met. The state itself is checked.
  Model& prune(std::string name, std::function<bool(const Snapshot&)> is_met) {
    prunes.push_back({std::move(name), std::move(is_met)});
    return *this;
  }
};

}  // namespace octet::search
