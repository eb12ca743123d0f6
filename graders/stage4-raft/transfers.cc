#include "graders/stage4-raft/transfers.h"

#include <gtest/gtest.h>

#include "graders/dsl/graded_test.h"
#include "graders/stage4-raft/text.h"
#include "runtime/erase/json.h"

namespace octet::raft {

void transfer(sim::World& world, NodeId from, NodeId to) {
  world.input(from, Input(Transfer{to}));
}

void expect_transfer(sim::World& world, Cluster& cluster, NodeId from, NodeId to) {
  const Term before = cluster.view(from).term;
  const std::size_t leaders = cluster.figure3().leaders().size();
  transfer(world, from, to);
  const auto leads = [&] {
    const View now = cluster.view(to);
    return now.role == Role::leader && now.term > before;
  };
  if (!world.run_until(leads, cluster.config().election_timeout)) {
    grading::fail(name(from) + " led, and was to give its place to " + name(to) +
                  ", which does not lead after " +
                  erase::duration_text(cluster.config().election_timeout) +
                  ", though all servers hear each other (dissertation, §3.10)");
  }
  EXPECT_EQ(number(cluster.view(to).term), number(before) + 1)
      << name(to) << " leads, and not in the term after that of " << name(from);
  EXPECT_EQ(cluster.figure3().leaders().size(), leaders + 1) << "somebody else has led before it";
}

void expect_some_transfer(sim::World& world, Cluster& cluster) {
  const NodeId leader = cluster.wait_for_a_settled_leader();
  cluster.expect_progress(cluster.servers());
  expect_transfer(world, cluster, leader, cluster.others({leader}).back());
}

Proposals::Proposals(sim::World& world, Cluster& cluster) : world_(world), cluster_(cluster) {
  for (const NodeId id : cluster.servers()) {
    world.listen<Output>(id, [this](const Output& output) {
      if (const auto* refused = std::get_if<NotLeader>(&output)) refused_.insert(refused->command);
    });
  }
}

void Proposals::propose(NodeId at, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) proposed_.push_back(cluster_.propose(at));
}

void Proposals::keep_proposing(NodeId at, Duration every, Duration until) {
  for (Duration time = world_.now(); time < until; time += every) {
    world_.at(time, [this, at] { propose(at, 1); });
  }
}

void Proposals::expect_ended() const {
  for (const std::string& command : proposed_) {
    EXPECT_TRUE(refused_.contains(command) || cluster_.is_committed(command))
        << "\"" << command << "\" was proposed to a server that led, was not refused, and is lost: "
        << "who gives its place away takes no proposals, and what it took before is in the log "
           "that it hands over (dissertation, §3.10)";
  }
}

}  // namespace octet::raft
