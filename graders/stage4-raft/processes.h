#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "graders/dsl/processes/processes.h"
#include "graders/dsl/random.h"
#include "graders/stage4-raft/kv_history.h"
#include "stage4-raft/api/solution.h"

namespace octet::kv {

/// A store of real processes, servers and clients, and an application in the test that keeps all
/// clients busy.
class KvProcesses {
 public:
  KvProcesses(std::size_t servers, std::size_t clients, grading::Random random);

  const std::vector<NodeId>& servers() const { return config_.servers; }
  const std::vector<NodeId>& clients() const { return clients_; }

  void kill(const std::vector<NodeId>& nodes);
  void pause(const std::vector<NodeId>& nodes) { processes_.pause(nodes); }
  /// Nothing gets from these servers to the others, or back. Clients reach all of them.
  void cut_off(const std::vector<NodeId>& servers);
  void make_whole() { processes_.make_whole(); }
  void run_for(std::chrono::milliseconds time) { processes_.run_for(time); }

  /// Each client gets so many calls done that begin from now on, all that is broken being over. The
  /// test fails when half a minute is not enough for that.
  void wait_until_done(std::size_t calls);

  /// Elections had to be given more time: this machine has much else to do.
  bool is_slow() const { return is_slow_; }

  /// Fails the test unless what clients got up to now is linearizable.
  void check() const;

 private:
  /// A call under way, as the history has it. `caller` has no other one.
  struct Open {
    std::size_t call = 0;
    std::uint64_t caller = 0;
  };

  /// Where the application is with a client.
  struct Client {
    std::uint64_t last_number = 0;
    std::uint64_t callers = 0;                // so far
    std::map<std::uint64_t, Open> open = {};  // by number
    std::size_t waited_for = 0;  // calls before this one do not count for wait_until_done()
    std::size_t done = 0;        // of those that count
  };

  std::unique_ptr<AnyNode> make(NodeId id) const;
  void begin_life(NodeId id);
  void slow_down();
  std::uint64_t new_caller(NodeId client);
  void call(NodeId client, std::uint64_t caller);
  void hear(NodeId client, const ClientOutput& output);
  void hear(NodeId client, std::size_t call, const Result& result);
  Operation draw(std::size_t call);
  bool is_client(NodeId id) const { return talks_.contains(id); }

  raft::Config config_;
  bool is_slow_ = false;
  std::vector<NodeId> clients_;
  std::map<NodeId, Client> talks_;
  grading::Processes processes_;

  grading::Random random_;
  KvHistory history_;
  std::vector<Operation> asked_;             // by call
  std::map<std::string, std::string> seen_;  // what a key held lately
};

}  // namespace octet::kv
