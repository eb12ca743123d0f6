#include "graders/stage4-raft/replication.h"

#include <fmt/format.h>

#include <algorithm>

#include "graders/dsl/graded_test.h"
#include "graders/stage4-raft/text.h"

namespace octet::raft {
namespace {

bool contains(const std::vector<NodeId>& group, NodeId id) {
  return std::ranges::find(group, id) != group.end();
}

/// The links of a star: its centre hears all of its ends, which hear nobody else.
std::vector<std::vector<NodeId>> star(NodeId centre, const std::vector<NodeId>& ends) {
  std::vector<std::vector<NodeId>> links;
  for (const NodeId end : ends) links.push_back({centre, end});
  return links;
}

void set_links(sim::World& world, const Cluster& cluster,
               const std::vector<std::vector<NodeId>>& groups) {
  for (const NodeId from : cluster.servers()) {
    for (const NodeId to : cluster.servers()) {
      const bool together = std::ranges::any_of(
          groups, [&](const auto& group) { return contains(group, from) && contains(group, to); });
      together ? world.heal_one_way(from, to) : world.cut_one_way(from, to);
    }
  }
}

Term latest_term(const Cluster& cluster, const std::vector<NodeId>& servers) {
  Term latest{};
  for (const NodeId id : servers) latest = std::max(latest, cluster.view(id).term);
  return latest;
}

bool have_one_log(const Cluster& cluster) {
  return std::ranges::all_of(cluster.servers(), [&](NodeId id) {
    return end_of_log(cluster, id) == end_of_log(cluster, cluster.servers().front()) &&
           cluster.figure3().committed_at(id) == cluster.figure3().committed().size();
  });
}

}  // namespace

void connect(sim::World& world, const Cluster& cluster,
             const std::vector<std::vector<NodeId>>& groups) {
  set_links(world, cluster, groups);
  for (const auto& group : groups) {
    for (const NodeId id : group) world.resume(id);
  }
}

void connect_all(sim::World& world, const Cluster& cluster) {
  connect(world, cluster, {cluster.servers()});
}

void elect(sim::World& world, Cluster& cluster, NodeId chosen, const std::vector<NodeId>& voters) {
  constexpr int tries = 10;
  for (int i = 0; i < tries; ++i) {
    for (const NodeId id : cluster.others({chosen})) world.pause(id);
    set_links(world, cluster, star(chosen, voters));
    // Alone it stands for election some times, so that its term is later than theirs, whose timers
    // do not run meanwhile.
    world.resume(chosen).run_for(10 * cluster.config().election_timeout);
    const Term before = latest_term(cluster, voters);
    for (const NodeId id : voters) world.resume(id);
    const auto leads = [&] {
      const View view = cluster.view(chosen);
      return view.role == Role::leader && view.term > before;
    };
    if (world.run_until(leads, 2 * cluster.config().election_timeout)) return;
  }
  throw NotSteered();
}

std::function<void(sim::World&)> steered(std::function<void(sim::World&)> scenario) {
  return [scenario = std::move(scenario)](sim::World& world) {
    try {
      scenario(world);
    } catch (const NotSteered&) {
      world.note("others come to lead than this scenario needs, and it ends here");
    }
  };
}

bool has_in_log(const Cluster& cluster, NodeId id, const std::string& command) {
  const View view = cluster.view(id);
  return std::ranges::find(view.log, command, &Entry::command) != view.log.end();
}

Index end_of_log(const Cluster& cluster, NodeId id) {
  const View view = cluster.view(id);
  return view.first + view.log.size();
}

void expect_agreement(sim::World& world, Cluster& cluster) {
  cluster.expect_progress(cluster.servers());
  if (world.run_until([&] { return have_one_log(cluster); }, cluster.election_bound())) return;
  std::string state;
  for (const NodeId id : cluster.servers()) {
    state += fmt::format("{}{} has told of {} commands, and its log ends before index {}",
                         state.empty() ? "" : "; ", name(id), cluster.figure3().committed_at(id),
                         number(end_of_log(cluster, id)));
  }
  grading::fail("all servers hear each other, and they do not come to one log (§5.3): " + state);
}

Config with_most_bytes(std::size_t bytes) {
  Config config;
  config.most_bytes = bytes;
  return config;
}

Duration heartbeats(const Cluster& cluster, int count) {
  return count * cluster.config().heartbeat;
}

}  // namespace octet::raft
