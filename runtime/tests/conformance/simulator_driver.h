#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "runtime/erase/erased_node.h"
#include "runtime/sim/world.h"
#include "runtime/tests/conformance/sight.h"

namespace octet::conformance {

class SimulatorDriver {
 public:
  SimulatorDriver() {
    for (const NodeId id : nodes_) world_.add(id, [] { return make_node(Puppet()); });
    world_.always("the rules", [this] { return rules_.broken(sight()); });
  }

  void forbid(std::string what, std::function<bool(const Sight&)> is_seen) {
    rules_.forbid(std::move(what), std::move(is_seen));
  }

  void input(NodeId id, const std::vector<Step>& steps) {
    world_.input(id, Protocol::Input(Script{steps}));
    look();
  }
  void rubbish(NodeId id) { world_.input_bytes(id, "\x01rubbish"); }
  void crash(NodeId id) { world_.crash(id); }
  void restart(NodeId id) {
    world_.restart(id);
    look();
  }

  testing::AssertionResult reaches(NodeId id, const Strings& told) {
    world_.run_until([&] { return sight().told[id].size() >= told.size(); }, std::chrono::hours(1));
    look();
    if (!world_.failure().empty()) return testing::AssertionFailure() << world_.failure();
    if (sight().told[id] == told) return testing::AssertionSuccess();
    return testing::AssertionFailure() << "it told " << testing::PrintToString(sight().told[id]);
  }

 private:
  /// The world looks after its own events alone.
  void look() {
    const std::string broken = rules_.broken(sight());
    if (!broken.empty()) world_.fail("the rules", broken);
  }

  Sight sight() const {
    Sight sight;
    for (const NodeId id : nodes_) {
      sight.told[id] = texts(world_.outputs<Protocol::Output>(id));
      sight.disks[id] = texts(decoded<Protocol::Record>(world_.durable_records(id)));
    }
    return sight;
  }

  std::vector<NodeId> nodes_ = {1, 2};
  Rules rules_;
  /// The disk is slower than the network, so that what leaves too early arrives too early.
  sim::World world_{1, {.disk_latency = std::chrono::milliseconds(20)}};
};

}  // namespace octet::conformance
