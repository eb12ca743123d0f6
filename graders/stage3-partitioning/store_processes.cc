#include "graders/stage3-partitioning/store_processes.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <variant>

#include "graders/dsl/graded_test.h"

namespace octet::store {
namespace {

using namespace std::chrono_literals;
using grading::fail;

constexpr std::size_t applications = 3;  // at each node
constexpr std::uint32_t partitions = 8;
constexpr std::uint32_t copies = 3;

std::vector<NodeId> ids(std::size_t nodes) {
  const std::vector<NodeId> pool = {21, 4, 37, 9, 2, 58, 16};
  return {pool.begin(), pool.begin() + static_cast<std::ptrdiff_t>(nodes)};
}

/// Of each partition there is one copy at each of three nodes.
SlotMap founding_map(const std::vector<NodeId>& nodes) {
  SlotMap map{.epoch = Epoch{1}, .copies = copies, .owners = {}};
  for (std::uint32_t partition = 0; partition < partitions; ++partition) {
    for (std::uint32_t copy = 0; copy < copies; ++copy) {
      map.owners.push_back(nodes[(partition + copy) % nodes.size()]);
    }
  }
  return map;
}

}  // namespace

StoreProcesses::StoreProcesses(std::size_t nodes, grading::Random random)
    : nodes_(ids(nodes)),
      config_{.founding = founding_map(nodes_), .patience = 250ms, .retry = 60ms, .repair = 400ms},
      map_(config_.founding),
      random_(random),
      processes_({.protocol = "octet store",
                  .nodes = nodes_,
                  .make = [this](NodeId) { return make_store_node(config_); },
                  .name = [](NodeId id) { return fmt::format("node {}", id.value); },
                  .on_start = [this](NodeId id) { begin_life(id); },
                  .on_output =
                      [this](NodeId id, const Bytes& bytes) {
                        Output output;
                        decode(bytes, output);
                        hear(id, output);
                      }},
                 random) {
  for (const std::string key : {"a", "b", "c", "d", "e", "f", "g", "h"}) keys_.emplace(key, key);
  make_whole();
}

void StoreProcesses::begin_life(NodeId id) {
  talks_[id].last_number = 0;
  processes_.input(id, encode(Input(NewMap{map_})));
  if (rests_) return begin_reads(id);
  for (std::size_t i = 0; i < applications; ++i) begin_anything(id);
}

void StoreProcesses::kill(const std::vector<NodeId>& nodes) {
  processes_.kill(nodes);
  for (const NodeId id : nodes) talks_[id].open.clear();
}

void StoreProcesses::cut_off(const std::vector<NodeId>& nodes) {
  std::vector<NodeId> others = nodes_;
  for (const NodeId id : nodes) std::erase(others, id);
  processes_.cut(nodes, others);
}

void StoreProcesses::use(const SlotMap& map) {
  grading::tell(fmt::format("map {}", static_cast<std::uint64_t>(map.epoch)));
  map_ = map;
  for (const NodeId id : nodes_) {
    if (processes_.is_up(id)) processes_.input(id, encode(Input(NewMap{map_})));
  }
}

void StoreProcesses::begin_anything(NodeId id) {
  const auto any = static_cast<std::ptrdiff_t>(random_.below(keys_.size()));
  read(id, std::next(keys_.begin(), any)->first);
}

void StoreProcesses::begin_reads(NodeId id) {
  for (const auto& [key, witness] : keys_) read(id, key);
}

void StoreProcesses::read(NodeId id, const std::string& key) {
  const std::uint64_t number = open(id, {.key = key});
  processes_.input(id, encode(Input(Get{number, key})));
}

void StoreProcesses::write(NodeId id, const std::string& key, const KeyWitness::Values& seen,
                           const std::string& context) {
  KeyWitness& witness = keys_.at(key);
  const KeyWitness::Write write = witness.begin_write(seen);
  const std::uint64_t number = open(id, {.key = key, .write = write});
  processes_.input(id, encode(Input(Put{number, key, witness.value(write), context})));
}

std::uint64_t StoreProcesses::open(NodeId id, Open open) {
  Node& node = talks_[id];
  open.acknowledged = keys_.at(open.key).acknowledged();
  node.open[++node.last_number] = std::move(open);
  return node.last_number;
}

void StoreProcesses::hear(NodeId id, const Output& output) {
  Node& node = talks_[id];
  const std::uint64_t number = std::visit([](const auto& end) { return end.number; }, output);
  const auto found = node.open.find(number);
  if (found == node.open.end()) {
    fail(
        fmt::format("node {} answers request {}, and has no such one under way", id.value, number));
  }
  const Open open = found->second;
  node.open.erase(found);
  std::visit([&](const auto& how) { end(id, open, how); }, output);
}

void StoreProcesses::end(NodeId id, const Open& open, const Got& got) {
  if (open.write) demand(id, "a write ends like a read");
  demand(id, keys_.at(open.key).read(open.acknowledged, got.values));
  if (open.counts) ++talks_[id].done;
  if (rests_) return;
  const std::uint64_t what = random_.below(8);
  if (what == 0) return begin_anything(id);
  if (what == 1) return write(id, open.key, {}, {});
  write(id, open.key, got.values, got.context);
}

void StoreProcesses::end(NodeId id, const Open& open, const Stored&) {
  if (!open.write) demand(id, "a read ends like a write");
  keys_.at(open.key).stored(*open.write);
  if (open.counts) ++talks_[id].done;
  if (!rests_) begin_anything(id);
}

void StoreProcesses::end(NodeId id, const Open& open, const Failed&) {
  if (open.write) demand(id, keys_.at(open.key).failed(*open.write));
  if (!rests_) return begin_anything(id);
  if (!open.write) read(id, open.key);
}

void StoreProcesses::end(NodeId id, const Open& open, const Unknown&) {
  if (!open.write) demand(id, "a read ends as if it had been a write");
  if (!rests_) begin_anything(id);
}

void StoreProcesses::demand(NodeId id, const std::string& problem) const {
  if (!problem.empty()) fail(fmt::format("at node {}: {}", id.value, problem));
}

void StoreProcesses::wait_until_done(std::size_t requests) {
  for (auto& [id, node] : talks_) {
    node.done = 0;
    for (auto& [number, open] : node.open) open.counts = false;
  }
  const auto are_done = [&] {
    return std::ranges::all_of(talks_,
                               [&](const auto& node) { return node.second.done >= requests; });
  };
  wait_until(are_done, fmt::format("each of them has got {} requests done", requests));
}

void StoreProcesses::lose_power_after_a_write() {
  rests_ = true;
  wait_until_idle();
  run_for(50ms);  // or a disk with much to do would hold the answer back
  const auto any = static_cast<std::ptrdiff_t>(random_.below(keys_.size()));
  const std::string& key = std::next(keys_.begin(), any)->first;
  std::vector<NodeId> others = nodes_;
  for (const NodeId owner : owners(key)) std::erase(others, owner);
  write(others.at(random_.below(others.size())), key, {}, {});
  wait_until_idle();
  kill(nodes_);
  rests_ = false;
}

std::vector<NodeId> StoreProcesses::owners(const std::string& key) const {
  std::vector<NodeId> owners;
  for (std::uint32_t copy = 0; copy < copies; ++copy) {
    const Slot slot = slots::slot_of(map_, slots::partition_of(map_, key), copy);
    owners.push_back(slots::owner_of(map_, slot));
  }
  return owners;
}

void StoreProcesses::read_everything() {
  rests_ = true;
  wait_until_idle();
  for (const NodeId id : nodes_) begin_reads(id);
  wait_until_idle();
}

void StoreProcesses::wait_until_idle() {
  const auto is_idle = [&] {
    return std::ranges::all_of(talks_, [](const auto& node) { return node.second.open.empty(); });
  };
  wait_until(is_idle, "all requests have ended well");
}

void StoreProcesses::wait_until(const std::function<bool()>& condition, const std::string& what) {
  if (processes_.run_until(condition, [this] { slow_down(); })) return;
  fail(fmt::format("all nodes run and reach each other, and it is not so after 30 s that {} (DQ1)",
                   what));
}

/// A machine with much else to do may not get an answer within the patience of a request.
void StoreProcesses::slow_down() {
  grading::tell("no progress; requests have four times as long from here on");
  is_slow_ = true;
  config_.patience *= 4;
  config_.retry *= 4;
  kill(nodes_);
  make_whole();
}

}  // namespace octet::store
