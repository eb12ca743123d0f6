#include "graders/stage2-clocks-rpc/replicas.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>

#include "graders/dsl/graded_test.h"
#include "stage2-clocks-rpc/api/solution.h"

namespace octet::gossip::anti_entropy {
namespace {

std::string shown(const std::map<std::string, std::string>& values, const std::string& key) {
  const auto found = values.find(key);
  return found == values.end() ? "nothing" : fmt::format("\"{}\"", found->second.substr(0, 40));
}

}  // namespace

Replicas::Replicas(sim::World& world, std::size_t size) : world_(world) {
  config_.interval = interval;
  for (std::size_t i = 0; i < size; ++i) {
    config_.members.push_back(static_cast<std::uint32_t>(31 * (i + 4) % 97));
  }
  for (const NodeId id : config_.members) {
    world.add(id, [config = config_] { return make_anti_entropy(config); });
  }
}

std::map<std::string, std::string> Replicas::values(NodeId id) const {
  return world_.view<Contents>(id).values;
}

void Replicas::put(NodeId id, const std::string& key, const std::string& value) {
  world_.input(id, Input(Put{key, value}));
  const auto now = values(id);
  if (now.contains(key) && now.at(key) == value) return;
  world_.fail("a process has what was put there",
              fmt::format("\"{}\" = \"{}\" is put at process {}, which then has {} (G3)", key,
                          value.substr(0, 40), id.value, shown(now, key)));
}

std::int64_t Replicas::intervals() const {
  return 20 * static_cast<std::int64_t>(std::bit_width(size()));
}

bool Replicas::is_converged() const {
  return std::ranges::all_of(config_.members,
                             [&](NodeId each) { return values(each) == values(id(0)); });
}

void Replicas::expect_convergence(const std::string& what) {
  const Duration limit = intervals() * interval;
  if (!world_.run_until([&] { return is_converged(); }, limit)) {
    world_.fail("all converge",
                fmt::format("{} intervals after {}, processes differ (G3, G5)", intervals(), what));
    return;
  }
  const auto before = values(id(0));
  world_.run_for(20 * interval);  // late copies come
  if (is_converged() && values(id(0)) == before) return;
  world_.fail("it lasts", fmt::format("all were equal after {}, and then changed (G3)", what));
}

void Replicas::expect_value(const std::string& key, const std::string& value) {
  for (const NodeId each : config_.members) {
    const auto now = values(each);
    if (now.contains(key) && now.at(key) == value) continue;
    world_.fail("the newest wins",
                fmt::format("process {} has {} for \"{}\", not \"{}\" (G3)", each.value,
                            shown(now, key), key, value.substr(0, 40)));
  }
}

}  // namespace octet::gossip::anti_entropy
