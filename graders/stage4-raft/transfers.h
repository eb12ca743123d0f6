#pragma once

#include <set>
#include <string>
#include <vector>

#include "graders/stage4-raft/cluster.h"

/// What the tests of leadership transfer share (dissertation, §3.10).
namespace octet::raft {

void transfer(sim::World& world, NodeId from, NodeId to);

/// This leader gives its place to that server, which leads in the next term before an election
/// timeout is over. Nobody else has led meanwhile.
void expect_transfer(sim::World& world, Cluster& cluster, NodeId from, NodeId to);

/// From any leader there is to some other server.
void expect_some_transfer(sim::World& world, Cluster& cluster);

/// What is proposed here is committed or refused in the end, as long as nobody crashes.
class Proposals {
 public:
  Proposals(sim::World& world, Cluster& cluster);
  Proposals(const Proposals&) = delete;
  Proposals& operator=(const Proposals&) = delete;

  void propose(NodeId at, std::size_t count);

  /// Every so often at that server, from now on until then.
  void keep_proposing(NodeId at, Duration every, Duration until);

  void expect_ended() const;

 private:
  sim::World& world_;
  Cluster& cluster_;
  std::vector<std::string> proposed_;
  std::set<std::string> refused_;
};

}  // namespace octet::raft
