#include <string>
#include <vector>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/world/simulate.h"
#include "graders/stage4-raft/replication.h"

/// The logs of Figures 7 and 8 (§5.3, §5.4.2).
namespace octet::raft {
namespace {

using namespace std::chrono_literals;
using grading::simulate;
using sim::World;

/// The leader takes so many proposals, and nobody but these servers gets them; it is one of them.
void add_entries(World& world, Cluster& cluster, NodeId leader, const std::vector<NodeId>& at,
                 std::size_t count) {
  connect(world, cluster, {at});
  cluster.propose_many(leader, count - 1);
  const std::string last = cluster.propose(leader);
  for (const NodeId id : at) {
    const auto has_it = [&] { return has_in_log(cluster, id, last); };
    EXPECT_TRUE(world.run_until(has_it, heartbeats(cluster, 20)))
        << "server " << id.value << " hears its leader, and does not get what was proposed";
  }
  connect(world, cluster, {});
}

std::vector<NodeId> with_first(const Cluster& cluster, NodeId leader) {
  std::vector<NodeId> servers = {leader};
  for (const NodeId id : cluster.others({leader})) servers.push_back(id);
  return servers;
}

void come_to_figure_7(World& world) {
  Cluster cluster(world, 7);
  cluster.expect_progress(cluster.servers());
  const auto s = with_first(cluster, cluster.wait_for_a_settled_leader());
  const NodeId a = s[0];
  const NodeId b = s[1];
  const NodeId c = s[2];
  const NodeId d = s[3];
  const NodeId e = s[4];
  const NodeId f = s[5];
  const NodeId top = s[6];
  elect(world, cluster, f, {top, a, b, c, d});
  add_entries(world, cluster, f, {f}, 8);
  elect(world, cluster, e, {top, a, b, c, d});
  add_entries(world, cluster, e, {top, a, b, c, d, e}, 1);
  add_entries(world, cluster, e, {top, a, c, d, e}, 1);
  add_entries(world, cluster, e, {e}, 2);
  elect(world, cluster, a, {top, c, d});
  add_entries(world, cluster, a, {top, a, c, d}, 2);
  elect(world, cluster, c, {top, a, d});
  add_entries(world, cluster, c, {top, a, c, d}, 2);
  add_entries(world, cluster, c, {top, c, d}, 1);
  add_entries(world, cluster, c, {c}, 1);
  elect(world, cluster, d, {top, a, b});
  add_entries(world, cluster, d, {d}, 2);
  elect(world, cluster, top, {a, b, e, f});
  connect_all(world, cluster);
  expect_agreement(world, cluster);
  EXPECT_GE(cluster.figure3().leaders().size(), 7U);
}

GRADED_TEST(Replication, LogsOfFigure7, 1,
            "followers that lack entries, have entries that their leader lacks, or both, come to "
            "the leader's log (Figure 7, RF3, RF10)") {
  simulate({.options = limited, .runs = 2}, steered(come_to_figure_7));
}

/// What the leader takes while it is alone has to go: the others, which do not have it, have had a
/// leader of their own, and then another one. `theirs` is how much they have taken.
void return_with_a_tail(World& world, std::size_t theirs, bool with_a_new_leader) {
  Cluster cluster(world, 3, with_most_bytes(50));
  const NodeId old = cluster.wait_for_a_settled_leader();
  const auto others = cluster.others({old});
  cluster.propose_many(old, 20);
  expect_agreement(world, cluster);
  connect(world, cluster, {others});
  const std::string gone = cluster.propose(old);
  cluster.propose_many(old, 30);
  const NodeId leader = cluster.wait_for_a_settled_leader(others);
  cluster.propose_many(leader, theirs);
  cluster.expect_progress(others);
  const NodeId next = cluster.others({old, leader}).front();
  if (with_a_new_leader) elect(world, cluster, next, {leader});
  connect_all(world, cluster);
  expect_agreement(world, cluster);
  for (const NodeId id : cluster.servers()) {
    EXPECT_FALSE(has_in_log(cluster, id, gone))
        << "server " << id.value << " has what nobody but the old leader had";
  }
}

GRADED_TEST(
    Replication, AnOldLeaderReturns, 1,
    "entries that a leader has taken alone go when it follows another one, all of them, and "
    "none of them is applied (§5.3, RF3, RF5)") {
  for (const std::size_t theirs : {1U, 60U}) {
    for (const bool with_a_new_leader : {false, true}) {
      simulate({.options = limited, .runs = 2}, steered([&](World& world) {
                 return_with_a_tail(world, theirs, with_a_new_leader);
               }));
    }
  }
}

/// Up to (c) of Figure 8: the first leader has an entry of its first term on a majority, in its
/// second term, and no entry of that on a majority. Returns the entry. The others have not heard of
/// each other since.
std::string come_to_figure_8(World& world, Cluster& cluster, const std::vector<NodeId>& s) {
  cluster.expect_progress(cluster.servers());
  // More than a message may have, so that nothing comes with it.
  const std::string old_entry = "an entry of the first term";
  connect(world, cluster, {{s[0], s[1]}});
  cluster.propose(s[0], old_entry);
  const auto has_it = [&](NodeId id) {
    return [&, id] { return has_in_log(cluster, id, old_entry); };
  };
  EXPECT_TRUE(world.run_until(has_it(s[1]), heartbeats(cluster, 10)));
  elect(world, cluster, s[4], {s[2], s[3]});
  connect(world, cluster, {});
  cluster.propose(s[4]);
  elect(world, cluster, s[0], {s[1], s[2], s[3]});
  connect(world, cluster, {{s[0], s[1]}, {s[0], s[2]}});
  EXPECT_TRUE(world.run_until(has_it(s[2]), heartbeats(cluster, 20)))
      << "server " << s[2].value << " hears its leader, and does not get what that one has";
  return old_entry;
}

GRADED_TEST(
    Replication, Figure8, 1,
    "an entry of an earlier term is not committed because a majority has it: another leader "
    "may yet write over it (Figure 8, §5.4.2, RF7)") {
  simulate({.options = limited, .runs = 5}, steered([](World& world) {
             Cluster cluster(world, 5, with_most_bytes(10));
             const auto s = with_first(cluster, cluster.wait_for_a_settled_leader());
             come_to_figure_8(world, cluster, s);
             // Their replies still come, and nothing new gets out.
             world.cut_one_way(s[0], s[1]).cut_one_way(s[0], s[2]);
             world.run_for(50ms);
             const std::vector<NodeId> rest = {s[2], s[3], s[4]};
             connect(world, cluster, {rest});
             cluster.expect_progress(rest);
             connect_all(world, cluster);
             expect_agreement(world, cluster);
           }));
}

GRADED_TEST(Replication, EarlierEntriesCommitWithALaterOne, 1,
            "entries of earlier terms are committed as soon as one of the leader's own term is "
            "(Figure 8 (e), §5.4.2, RF10)") {
  simulate({.options = limited, .runs = 3}, steered([](World& world) {
             Cluster cluster(world, 5, with_most_bytes(10));
             const auto s = with_first(cluster, cluster.wait_for_a_settled_leader());
             const std::string old_entry = come_to_figure_8(world, cluster, s);
             const std::vector<NodeId> most = {s[0], s[1], s[2]};
             connect(world, cluster, {most});
             const std::string own = cluster.propose(s[0]);
             cluster.wait_until_committed(own, most, heartbeats(cluster, 20));
             EXPECT_TRUE(cluster.is_committed(old_entry))
                 << "it stands before one that is committed";
             connect(world, cluster, {{s[1], s[3], s[4]}});
             cluster.expect_progress({s[1], s[3], s[4]});
             connect_all(world, cluster);
             expect_agreement(world, cluster);
           }));
}

}  // namespace
}  // namespace octet::raft
