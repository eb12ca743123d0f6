#include "graders/stage2-clocks-rpc/electorate.h"

#include <fmt/format.h>

#include <algorithm>

#include "graders/dsl/graded_test.h"
#include "runtime/erase/json.h"

namespace octet::election {
namespace {

using namespace std::chrono_literals;

/// In the order of the ring.
const std::vector<NodeId> pool = {12, 3, 40, 7, 88, 21, 5};

std::string name_of(const std::optional<NodeId>& leader) {
  return leader ? fmt::format("process {}", leader->value) : "nobody";
}

}  // namespace

Electorate::Electorate(sim::World& world, Make make, std::size_t size) : world_(world) {
  const std::vector<NodeId> members(pool.begin(), pool.begin() + static_cast<std::ptrdiff_t>(size));
  ranks_ = members;
  std::ranges::sort(ranks_);
  const Config config{.members = members, .longest_delay = longest_delay};
  world.drop([count = messages_](const sim::Envelope&) {
    ++*count;
    return false;  // it only counts
  });
  for (const NodeId id : members) {
    world.add(id, [make, config] { return make(config); });
    const auto listen = [this, id](const Output& output) { hear(id, std::get<Elected>(output)); };
    for (const Output& output : world.outputs<Output>(id)) listen(output);  // as it started
    world.listen<Output>(id, listen);
  }
  run_for_an_election();
  expect_agreement("all processes have started");
  expect_silence();
}

void Electorate::hear(NodeId id, const Elected& elected) {
  leaders_[id] = elected.leader;
  if (elected.leader < id) {
    world_.fail("nobody takes a process below itself for the leader",
                fmt::format("process {}, which is up, takes process {} for the leader (E2)",
                            id.value, elected.leader.value));
  }
  if (only_ && elected.leader != *only_) {
    world_.fail("one leader for each election",
                fmt::format("process {} takes process {} for the leader, and process {} is the "
                            "highest that is up all the time (E2)",
                            id.value, elected.leader.value, only_->value));
  }
  if (std::ranges::count(ranks_, elected.leader) == 0) {
    world_.fail("the leader is a member",
                fmt::format("process {} takes {} for the leader, which is no member", id.value,
                            elected.leader.value));
  }
}

void Electorate::elect(NodeId id) {
  grading::tell(fmt::format("process {} is told to hold an election", id.value));
  world_.input(id, Input(Elect{}));
}

void Electorate::crash(NodeId id) {
  world_.crash(id);
}

void Electorate::restart(NodeId id) {
  leaders_.erase(id);
  world_.restart(id);
}

std::optional<NodeId> Electorate::leader(NodeId id) const {
  const auto known = leaders_.find(id);
  return known == leaders_.end() ? std::nullopt : std::optional(known->second);
}

std::vector<NodeId> Electorate::up() const {
  std::vector<NodeId> up = ranks_;
  std::erase_if(up, [&](NodeId id) { return !world_.is_up(id); });
  return up;
}

NodeId Electorate::highest_up() const {
  return up().back();
}

void Electorate::run_for_an_election() {
  world_.run_for(bound());
}

void Electorate::expect_agreement(const std::string& what) {
  for (const NodeId id : up()) {
    if (leader(id) == highest_up()) continue;
    world_.fail("all agree on the highest that is up",
                fmt::format("{} after {}, process {} takes {} for the leader, and process {} is "
                            "the highest that is up (E2, E3)",
                            erase::duration_text(bound()), what, id.value, name_of(leader(id)),
                            highest_up().value));
  }
}

void Electorate::expect_silence() {
  const std::uint64_t before = messages();
  run_for_an_election();
  if (messages() == before) return;
  world_.fail("messages stop", fmt::format("{} messages in {}, when the election is over (E4)",
                                           messages() - before, erase::duration_text(bound())));
}

std::vector<sim::NetworkOptions> latencies() {
  return {{.min_latency = 1ms, .max_latency = 9'900us},
          {.min_latency = 1ms, .max_latency = 1ms},
          {.min_latency = 9'900us, .max_latency = 9'900us}};
}

}  // namespace octet::election
