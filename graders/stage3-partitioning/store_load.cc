#include "graders/stage3-partitioning/store_load.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/random.h"

namespace octet::store {
namespace {

/// Contexts of so many reads of a key are used, as late ones are.
constexpr std::size_t contexts = 4;

class Load {
 public:
  Load(StoreCluster& store, std::uint64_t seed) : store_(store), random_(seed, "requests") {}

  void ask() {
    const auto keys = keys_of_load();
    const NodeId node = store_.nodes()[random_.below(store_.nodes().size())];
    const std::string key = keys[random_.below(keys.size())];
    const std::string context = some_context(key);
    const std::uint64_t kind = random_.below(10);
    if (kind < 5) {
      reads_[key].push_back(store_.get(node, key));
    } else if (kind < 9) {
      store_.put(node, key, fmt::format("value {}", ++written_), kind < 8 ? context : "");
    } else {
      store_.del(node, key, context);
    }
  }

 private:
  std::string some_context(const std::string& key) {
    std::vector<std::string> late;
    const std::vector<std::size_t>& reads = reads_[key];
    for (auto read = reads.rbegin(); read != reads.rend() && late.size() < contexts; ++read) {
      const auto& end = store_.asked(*read).end;
      if (!end) continue;
      if (const auto* got = std::get_if<Got>(&*end)) late.push_back(got->context);
    }
    return late.empty() ? "" : late[random_.below(late.size())];
  }

  StoreCluster& store_;
  grading::Random random_;
  std::uint64_t written_ = 0;
  std::map<std::string, std::vector<std::size_t>> reads_;
};

}  // namespace

void keep_asking(sim::World& world, StoreCluster& store, Duration every, Duration until) {
  const auto load = std::make_shared<Load>(store, world.seed());
  for (Duration at = world.now(); at < until; at += every) {
    world.at(at, [load] { load->ask(); });
  }
}

std::vector<std::string> keys_of_load() {
  return {"", "x", std::string("\0y", 2)};
}

void expect_all_is_there(StoreCluster& store) {
  for (const std::string& key : keys_of_load()) {
    for (const NodeId node : store.nodes()) {
      const Got got = store.got(store.get(node, key));
      const std::string wrong = store.rules().whole(key, got.values);
      if (wrong.empty()) continue;
      grading::fail(fmt::format("in the end node {} reads {}", node.value, wrong));
    }
  }
}

}  // namespace octet::store
