#include "graders/stage4-raft/equal_servers.h"

#include <fmt/format.h>

#include "graders/dsl/history/value_text.h"
#include "graders/stage4-raft/text.h"
#include "runtime/untrusted_text.h"

namespace octet::kv {
namespace {

using raft::name;
using Values = std::map<std::string, std::string>;

std::string value_of(const Values& values, const std::string& key) {
  const auto place = values.find(key);
  return place == values.end() ? "" : place->second;
}

std::string key_that_differs(const Values& one, const Values& other) {
  for (const Values* all : {&one, &other}) {
    for (const auto& [key, value] : *all) {
      if (value_of(one, key) != value_of(other, key)) return key;
    }
  }
  return "";
}

}  // namespace

EqualServers::EqualServers(sim::World& world, std::vector<NodeId> servers)
    : world_(world), servers_(std::move(servers)) {
  world.always("what servers hold", [this] { return look(); });
}

std::string EqualServers::look() {
  for (const NodeId id : servers_) {
    if (!world_.is_up(id) || !world_.is_durable(id)) continue;
    if (world_.handled(id) == known_[id].handled) continue;
    if (std::string wrong = look_at(id); !wrong.empty()) return wrong;
  }
  return "";
}

std::string EqualServers::look_at(NodeId server) {
  View now = world_.view<View>(server);
  Known& known = known_[server];
  const bool is_same_life = known.life == world_.lives(server);
  const Index before = known.applied;
  known = {world_.handled(server), world_.lives(server), now.applied};
  if (is_same_life && now.applied < before) {
    return fmt::format("{} had applied all up to index {}, and now up to {}", name(server),
                       raft::number(before), raft::number(now.applied));
  }
  return compare(server, std::move(now));
}

std::string EqualServers::compare(NodeId server, View now) {
  const auto [first, is_new] = first_.try_emplace(now.applied, server, std::move(now.values));
  if (is_new) return "";
  const auto& [other, values] = first->second;
  if (other != server) ++compared_;
  if (values == now.values) return "";
  const std::string key = key_that_differs(values, now.values);
  const auto [there, here] =
      grading::short_where_they_differ(value_of(values, key), value_of(now.values, key));
  return fmt::format(
      "all up to index {} is applied, and the value of \"{}\" is {} at {} and {} at "
      "{} (KV4)",
      raft::number(now.applied), printable(key), there, name(other), here, name(server));
}

}  // namespace octet::kv
