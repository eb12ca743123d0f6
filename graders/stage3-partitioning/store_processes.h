#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "graders/dsl/processes/processes.h"
#include "graders/dsl/random.h"
#include "graders/stage3-partitioning/key_witness.h"
#include "stage3-partitioning/api/solution.h"

namespace octet::store {

/// A store of real processes with strict quorums, and applications in the test that keep all nodes
/// busy: each reads a key, and often writes a value with the context that it got, or now and then
/// without one. All share a few keys. What they are told is checked as it comes.
class StoreProcesses {
 public:
  StoreProcesses(std::size_t nodes, grading::Random random);

  const std::vector<NodeId>& nodes() const { return nodes_; }
  const SlotMap& map() const { return map_; }

  void kill(const std::vector<NodeId>& nodes);
  void pause(const std::vector<NodeId>& nodes) { processes_.pause(nodes); }
  /// Nothing gets from these nodes to the others, or back.
  void cut_off(const std::vector<NodeId>& nodes);
  /// The latest map, for all that are up now and for each that is started later.
  void use(const SlotMap& map);
  void make_whole() { processes_.make_whole(); }
  void run_for(std::chrono::milliseconds time) { processes_.run_for(time); }

  /// So many requests end well at each node that begin from now on, all that is broken being over.
  /// The test fails when half a minute is not enough for that.
  void wait_until_done(std::size_t requests);

  /// The applications come to rest; then one of them writes, at a node without copies of the key,
  /// and at the very moment when that ends all nodes are killed.
  void lose_power_after_a_write();

  /// The applications come to rest, and then every node reads every key.
  void read_everything();

  /// Requests had to be given more time: this machine has much else to do.
  bool is_slow() const { return is_slow_; }

 private:
  /// A request under way.
  struct Open {
    std::string key;
    std::size_t acknowledged = 0;                 // writes of the key, when it began
    std::optional<KeyWitness::Write> write = {};  // of a Put
    bool counts = true;                           // for wait_until_done()
  };
  struct Node {
    std::uint64_t last_number = 0;
    std::map<std::uint64_t, Open> open = {};  // by number
    std::size_t done = 0;                     // of those that count
  };

  void begin_life(NodeId id);
  void slow_down();
  void begin_anything(NodeId id);
  void begin_reads(NodeId id);
  void read(NodeId id, const std::string& key);
  void write(NodeId id, const std::string& key, const KeyWitness::Values& seen,
             const std::string& context);
  std::uint64_t open(NodeId id, Open open);
  void hear(NodeId id, const Output& output);
  void end(NodeId id, const Open& open, const Got& got);
  void end(NodeId id, const Open& open, const Stored& stored);
  void end(NodeId id, const Open& open, const Failed& failed);
  void end(NodeId id, const Open& open, const Unknown& unknown);
  void demand(NodeId id, const std::string& problem) const;
  std::vector<NodeId> owners(const std::string& key) const;
  void wait_until_idle();
  void wait_until(const std::function<bool()>& condition, const std::string& what);

  std::vector<NodeId> nodes_;
  Config config_;
  SlotMap map_;
  bool is_slow_ = false;
  bool rests_ = false;  // nobody begins anything
  grading::Random random_;
  std::map<std::string, KeyWitness> keys_;
  std::map<NodeId, Node> talks_;
  grading::Processes processes_;
};

}  // namespace octet::store
