#include "graders/stage4-raft/servers.h"

#include <algorithm>
#include <iterator>

namespace octet::raft {

std::vector<NodeId> servers_of_size(std::size_t size) {
  const std::vector<NodeId> pool = {21, 4, 9, 37, 2, 50, 13};
  return {pool.begin(), pool.begin() + static_cast<std::ptrdiff_t>(size)};
}

std::vector<NodeId> without(const std::vector<NodeId>& servers, const std::vector<NodeId>& these) {
  std::vector<NodeId> rest;
  std::ranges::copy_if(servers, std::back_inserter(rest),
                       [&](NodeId id) { return std::ranges::count(these, id) == 0; });
  return rest;
}

std::optional<NodeId> run_until_one_leads(sim::World& world, const std::vector<NodeId>& among,
                                          const std::function<View(NodeId)>& view,
                                          Duration within) {
  std::optional<NodeId> leader;
  const auto one_leads = [&] {
    Term latest{};
    for (const NodeId id : among) {
      if (!world.is_up(id)) continue;
      const View now = view(id);
      if (now.term > latest) leader.reset();
      latest = std::max(latest, now.term);
      if (now.role == Role::leader && now.term == latest) leader = id;
    }
    return leader.has_value();
  };
  world.run_until(one_leads, within);
  return leader;
}

}  // namespace octet::raft
