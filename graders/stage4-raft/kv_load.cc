#include "graders/stage4-raft/kv_load.h"

#include <fmt/format.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "graders/dsl/random.h"

namespace octet::kv {
namespace {

constexpr std::size_t most_under_way = 12;

class Load {
 public:
  Load(KvCluster& cluster, grading::Random random) : cluster_(cluster), random_(random) {}

  void call() {
    const NodeId client = cluster_.clients()[random_.below(cluster_.clients().size())];
    const std::string key(1, static_cast<char>('x' + random_.below(3)));
    const std::string value = fmt::format("{},", ++calls_);
    const std::uint64_t kind = random_.below(4);
    if (cluster_.under_way() >= most_under_way) return;
    if (kind == 0) cluster_.call(client, Put{key, value});
    if (kind == 1) cluster_.call(client, Append{key, value});
    if (kind == 2) cluster_.call(client, Cas{key, seen(key), value});
    if (kind == 3) gets_[key].push_back(cluster_.call(client, Get{key}));
  }

 private:
  /// What the key held lately, as far as clients know.
  std::string seen(const std::string& key) const {
    const auto gets = gets_.find(key);
    if (gets == gets_.end()) return "";
    for (auto get = gets->second.rbegin(); get != gets->second.rend(); ++get) {
      if (cluster_.is_done(*get)) return std::get<Value>(cluster_.result(*get)).value;
    }
    return "";
  }

  KvCluster& cluster_;
  grading::Random random_;
  std::uint64_t calls_ = 0;
  std::map<std::string, std::vector<std::size_t>> gets_;  // calls, by key
};

}  // namespace

void keep_calling(sim::World& world, KvCluster& cluster, Duration every, Duration until) {
  const auto load = std::make_shared<Load>(cluster, grading::Random(world.seed(), "calls"));
  for (Duration at = world.now(); at < until; at += every) {
    world.at(at, [load] { load->call(); });
  }
}

}  // namespace octet::kv
