#include "graders/stage3-partitioning/store_cluster.h"

#include <fmt/format.h>

#include <algorithm>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/text.h"
#include "runtime/erase/json.h"
#include "runtime/erase/shown.h"

namespace octet::store {
namespace {

using grading::fail;

std::vector<NodeId> nodes_of_size(std::size_t size) {
  const std::vector<NodeId> pool = {21, 4, 37, 9, 2, 58, 16, 77};
  return {pool.begin(), pool.begin() + static_cast<std::ptrdiff_t>(size)};
}

/// The copies of each partition are on different nodes, as far as there are enough.
SlotMap founding_map(const Setup& setup, const std::vector<NodeId>& nodes) {
  const std::size_t members = setup.members == 0 ? nodes.size() : setup.members;
  SlotMap map{.epoch = Epoch{1}, .copies = setup.copies, .owners = {}};
  for (std::uint32_t partition = 0; partition < setup.partitions; ++partition) {
    for (std::uint32_t copy = 0; copy < setup.copies; ++copy) {
      map.owners.push_back(nodes[(partition + copy) % members]);
    }
  }
  return map;
}

template <class T>
std::string text_of(const T& what) {
  const Shown shown = erase::shown(what);
  return grading::shortened(shown.name + shown.json, 100);
}

std::string text_of(const Input& input) {
  return std::visit([](const auto& what) { return text_of(what); }, input);
}

trace::Outcome outcome_of(const Output& output) {
  if (std::holds_alternative<Failed>(output)) return trace::Outcome::failed;
  return std::holds_alternative<Unknown>(output) ? trace::Outcome::unknown : trace::Outcome::ok;
}

bool fits(const Input& asked, const Output& end) {
  if (std::holds_alternative<Failed>(end)) return true;
  return std::holds_alternative<Get>(asked) == std::holds_alternative<Got>(end);
}

[[noreturn]] void fail_by_its_end(const Asked& asked, const char* why) {
  const auto told = [](const auto& end) { return erase::shown(end).name; };
  fail(fmt::format("{} at node {} has ended as {}, though {} (DQ1)", text_of(asked.what),
                   asked.node.value, std::visit(told, *asked.end), why));
}

}  // namespace

std::uint64_t number_of(const Output& output) {
  return std::visit([](const auto& end) { return end.number; }, output);
}

Config with_quorums(std::size_t reads, std::size_t writes, bool sloppy) {
  Config config;
  config.reads = reads;
  config.writes = writes;
  config.sloppy = sloppy;
  return config;
}

void cut(sim::World& world, const std::vector<NodeId>& these, const std::vector<NodeId>& those) {
  for (const NodeId one : these) {
    for (const NodeId other : those) world.cut_one_way(one, other).cut_one_way(other, one);
  }
}

StoreCluster::StoreCluster(sim::World& world, Setup setup)
    : world_(world),
      config_(std::move(setup.config)),
      nodes_(nodes_of_size(setup.nodes)),
      rules_(!config_.sloppy && config_.reads + config_.writes > setup.copies) {
  config_.founding = founding_map(setup, nodes_);
  for (const NodeId id : nodes_) {
    world.add(id, [config = config_] { return make_store_node(config); });
    world.listen<Output>(id, [this, id](const Output& told) { hear(id, told); });
  }
}

std::vector<Slot> StoreCluster::slots_of(const std::string& key) const {
  std::vector<Slot> slots;
  for (std::uint32_t copy = 0; copy < map().copies; ++copy) {
    slots.push_back(slots::slot_of(map(), slots::partition_of(map(), key), copy));
  }
  return slots;
}

std::vector<NodeId> StoreCluster::owners(const std::string& key) const {
  std::vector<NodeId> owners;
  for (const Slot slot : slots_of(key)) owners.push_back(slots::owner_of(map(), slot));
  return owners;
}

std::vector<NodeId> StoreCluster::others(const std::string& key) const {
  std::vector<NodeId> others = nodes_;
  for (const NodeId owner : owners(key)) std::erase(others, owner);
  return others;
}

std::size_t StoreCluster::get(NodeId node, const std::string& key, Level level,
                              const std::string& session) {
  return ask(node, Get{next_number(node), key, level, session});
}

std::size_t StoreCluster::put(NodeId node, const std::string& key, const std::string& value,
                              const std::string& context, Level level, const std::string& session) {
  return ask(node, Put{next_number(node), key, value, context, level, session});
}

std::size_t StoreCluster::del(NodeId node, const std::string& key, const std::string& context,
                              Level level, const std::string& session) {
  return ask(node, Delete{next_number(node), key, context, level, session});
}

std::uint64_t StoreCluster::next_number(NodeId node) {
  Counted& last = last_[node];
  if (last.life != world_.lives(node)) last = {node, world_.lives(node), 0};
  return ++last.number;
}

/// A request that ends at once ends before its bar in the trace has begun.
std::size_t StoreCluster::ask(NodeId node, Input input) {
  const std::size_t request = asked_.size();
  open_[last_[node]] = request;
  asked_.push_back({.node = node, .life = world_.lives(node), .what = input, .at = world_.now()});
  rules_.begin(request, input);
  const auto lane = trace::ClientId(static_cast<std::uint32_t>(1000 + request));
  const std::uint64_t bar =
      std::visit([&](const auto& what) { return world_.call(lane, node, input, what); }, input);
  asked_[request].bar = bar;
  if (asked_[request].end) end_in_trace(request);
  return request;
}

void StoreCluster::hear(NodeId node, const Output& output) {
  const auto open = open_.find({node, world_.lives(node), number_of(output)});
  if (open == open_.end()) {
    world_.fail("a request ends once",
                fmt::format("node {} answers {}, and has no such request under way", node.value,
                            std::visit([](const auto& end) { return text_of(end); }, output)));
    return;
  }
  const std::size_t request = open->second;
  open_.erase(open);
  end(request, output);
}

void StoreCluster::end(std::size_t request, const Output& output) {
  Asked& asked = asked_[request];
  if (!fits(asked.what, output)) {
    world_.fail(
        "an answer is one to what was asked",
        fmt::format("{} was answered with {}", text_of(asked.what), erase::shown(output).name));
    return;
  }
  asked.end = output;
  asked.ended_at = world_.now();
  ++ended_;
  if (outcome_of(output) == trace::Outcome::ok) ++done_;
  if (asked.bar != 0) end_in_trace(request);
  const std::string wrong = rules_.end(request, output);
  if (wrong.empty()) return;
  world_.fail(
      "answers fit what was written",
      fmt::format("node {} answers {} with {}", asked.node.value, text_of(asked.what), wrong));
}

void StoreCluster::end_in_trace(std::size_t request) {
  const Asked& asked = asked_[request];
  std::visit([&](const auto& end) { world_.end(asked.bar, outcome_of(*asked.end), end); },
             *asked.end);
}

bool StoreCluster::is_under_way(std::size_t request) const {
  const Asked& one = asked(request);
  return !one.end && world_.is_up(one.node) && world_.lives(one.node) == one.life;
}

const Output& StoreCluster::wait(std::size_t request) {
  const Duration left = std::max(asked(request).at + settled() - world_.now(), Duration());
  if (!world_.run_until([&] { return asked(request).end.has_value(); }, left)) {
    fail(fmt::format("{} has not ended after {}, and the patience is {}",
                     text_of(asked(request).what), erase::duration_text(settled()),
                     erase::duration_text(config_.patience)));
  }
  return *asked(request).end;
}

void StoreCluster::wait_for_all() {
  world_.run_for(settled());
  for (std::size_t request = 0; request < asked_.size(); ++request) {
    if (is_under_way(request)) wait(request);
  }
}

Got StoreCluster::got(std::size_t request) {
  const auto* got = std::get_if<Got>(&wait(request));
  if (got == nullptr) fail_by_its_end(asked(request), "it reaches as many copies as it needs");
  return *got;
}

Stored StoreCluster::stored(std::size_t request) {
  const auto* stored = std::get_if<Stored>(&wait(request));
  if (stored == nullptr) fail_by_its_end(asked(request), "it reaches as many copies as it needs");
  return *stored;
}

void StoreCluster::expect_in_vain(std::size_t request) {
  if (outcome_of(wait(request)) != trace::Outcome::ok) return;
  fail_by_its_end(asked(request), "it reaches fewer copies than it needs");
}

}  // namespace octet::store
