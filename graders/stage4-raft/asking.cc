#include "graders/stage4-raft/asking.h"

#include <gtest/gtest.h>

#include "graders/stage4-raft/text.h"

namespace octet::raft {

Config that_asks_first() {
  Config config;
  config.pre_vote = true;
  return config;
}

Standing standing(const Cluster& cluster) {
  Standing now{.leaders = cluster.leaders(), .terms = {}};
  for (const NodeId id : cluster.servers()) now.terms[id] = cluster.view(id).term;
  return now;
}

void expect_unchanged(const Cluster& cluster, const Standing& before, const std::string& after) {
  const Standing now = standing(cluster);
  for (const NodeId id : cluster.servers()) {
    EXPECT_EQ(number(now.terms.at(id)), number(before.terms.at(id)))
        << name(id) << " is in another term after " << after << " (dissertation, §9.6)";
  }
  EXPECT_EQ(now.leaders, before.leaders) << "another server leads after " << after << " (RF11)";
}

void expect_asking(sim::World& world, Cluster& cluster) {
  const NodeId leader = cluster.wait_for_a_settled_leader();
  cluster.expect_progress(cluster.servers());
  const Standing before = standing(cluster);
  world.isolate(cluster.others({leader}).back()).run_for(10 * cluster.config().election_timeout);
  world.heal().run_for(std::chrono::seconds(1));
  expect_unchanged(cluster, before, "a server was cut off for ten election timeouts");
}

}  // namespace octet::raft
