#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/sim/world.h"
#include "stage2-clocks-rpc/api/rpc.h"

namespace octet::rpc {

/// In tests that need no other.
inline constexpr NodeId server = 40;
inline constexpr NodeId caller = 7;

/// Who takes part, and how the handler behaves.
struct RpcSetting {
  NodeId server = rpc::server;
  std::vector<NodeId> clients = {caller};
  Duration retry_after = std::chrono::milliseconds(100);
  Duration give_up_after = std::chrono::seconds(10);
  /// Of the handler, for its so-manyth execution, from 1.
  std::function<Duration(std::uint64_t execution, std::string_view body)> takes = {};
  std::function<std::string(std::uint64_t execution, std::string_view body)> result = {};
  bool punctual = true;  // no pauses and no slow disks, so outputs come in time
};

/// A call that a test has made, and what became of it.
struct MadeCall {
  NodeId client;
  std::uint64_t life = 0;  // of the client
  std::uint64_t tag = 0;
  std::string body;
  Duration at{};
  std::uint64_t operation = 0;  // of the world, so that it is in pictures
  std::optional<ClientOutput> output = {};
};

/// A server with its handler, and clients, in a world. Makes calls, and holds the promises of
/// api/rpc.h at every moment; what breaks one fails the world.
class RpcRun {
 public:
  RpcRun(sim::World& world, RpcSetting setting);
  RpcRun(const RpcRun&) = delete;
  RpcRun& operator=(const RpcRun&) = delete;

  /// Makes a call if that client is up. Without a tag it gets one of its own.
  void call(NodeId client, std::string body, std::uint64_t tag = 0);

  /// The client crashes now, and starts again so much later.
  void crash(NodeId client, Duration down = {});

  /// Runs until every call of a client that is still the same has ended; fails the world when that
  /// is not so within that time.
  void run_to_the_end(Duration within);

  std::size_t returned() const;  // so many calls
  const std::vector<MadeCall>& calls() const { return calls_; }
  std::size_t executions() const { return executions_; }
  std::size_t executions_of(const std::string& body) const;

  /// Fails the world unless each call has returned.
  void expect_all_returned();

 private:
  void execute(const Execute& execute);
  void answer(const Execute& execute, std::string result);
  void hear(NodeId client, const ClientOutput& output);
  void end(const MadeCall& call, const ClientOutput& output);
  void note(std::string flaw);
  std::string flaw_of(const MadeCall& call, const ClientOutput& output) const;
  std::string flaw_of_result(const MadeCall& call, const std::string& result) const;
  std::string flaw_of_executions(const std::string& body) const;
  void look_for_crashes();
  MadeCall* find(NodeId client, std::uint64_t tag);

  /// What there was of calls with one body.
  struct OfBody {
    std::size_t made = 0;
    std::size_t not_executed = 0;
    std::size_t executions = 0;
    std::vector<std::string> results = {};
  };

  sim::World& world_;
  RpcSetting setting_;
  std::map<NodeId, std::uint64_t> lives_;  // odd: up; even: down
  std::vector<MadeCall> calls_;
  std::set<std::size_t> open_;  // the calls without an output whose clients have not crashed
  std::map<std::string, OfBody, std::less<>> bodies_;
  std::set<std::uint64_t> tickets_;
  std::size_t executions_ = 0;
  std::string flaw_;  // the first
  std::uint64_t last_tag_ = 1000;
};

/// Of messages from or to a node.
sim::Filter from(NodeId node);
sim::Filter to(NodeId node);

/// Lets a copy of everything arrive a second time: some copies soon, some late, some after a
/// minute.
void copy_everything(sim::World& world);

}  // namespace octet::rpc
