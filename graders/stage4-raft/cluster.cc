#include "graders/stage4-raft/cluster.h"

#include <fmt/format.h>

#include <algorithm>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/random.h"
#include "graders/dsl/text.h"
#include "graders/stage4-raft/text.h"
#include "runtime/erase/json.h"
#include "runtime/untrusted_text.h"

namespace octet::raft {
namespace {

using grading::fail;

Config with_servers(Config config, std::size_t size) {
  config.servers = servers_of_size(size);
  return config;
}

const std::vector<NodeId>& add_servers(sim::World& world, const Config& config) {
  for (const NodeId id : config.servers) world.add(id, [config] { return make_server(config); });
  return config.servers;
}

std::string names(const std::vector<NodeId>& ids) {
  std::string text;
  for (const NodeId id : ids) text += (text.empty() ? "" : ", ") + std::to_string(id.value);
  return (ids.size() == 1 ? "server " : "servers ") + text;
}

}  // namespace

std::shared_ptr<std::uint64_t> count_sends(sim::World& world, NodeId from, NodeId to) {
  auto sent = std::make_shared<std::uint64_t>(0);
  world.drop([=](const sim::Envelope& message) {
    if (message.from == from && message.to == to) ++*sent;
    return false;  // it only counts
  });
  return sent;
}

Cluster::Cluster(sim::World& world, std::size_t size, Config config)
    : world_(world),
      config_(with_servers(std::move(config), size)),
      figure3_(world, add_servers(world, config_)) {
  for (const NodeId id : servers()) {
    world.listen<Output>(id, [this, id](const Output& output) { hear(id, output); });
  }
}

std::vector<NodeId> Cluster::leaders(const std::vector<NodeId>& among) const {
  std::vector<NodeId> leaders;
  for (const NodeId id : among.empty() ? servers() : among) {
    if (world_.is_up(id) && view(id).role == Role::leader) leaders.push_back(id);
  }
  return leaders;
}

NodeId Cluster::wait_for_leader(const std::vector<NodeId>& among) {
  const std::vector<NodeId>& all = among.empty() ? servers() : among;
  const auto leader = run_until_one_leads(
      world_, all, [this](NodeId id) { return view(id); }, election_bound());
  if (!leader) {
    fail(
        fmt::format("{} can talk to each other, and in {}, which is time for 20 elections, none of "
                    "them leads in the latest term (§5.2)",
                    names(all), erase::duration_text(election_bound())));
  }
  return *leader;
}

NodeId Cluster::wait_for_a_settled_leader(const std::vector<NodeId>& among) {
  constexpr int tries = 20;
  for (int i = 0; i < tries; ++i) {
    const NodeId leader = wait_for_leader(among);
    const Term term = view(leader).term;
    world_.run_for(std::chrono::seconds(1));
    const View now = view(leader);
    if (now.role == Role::leader && now.term == term) return leader;
  }
  fail(
      fmt::format("{} leaders came one after the other, each for less than a second, though "
                  "nothing is broken (§5.2)",
                  tries));
}

std::string Cluster::propose(NodeId at) {
  std::string command = fmt::format("command {}", ++last_command_);
  propose(at, command);
  return command;
}

void Cluster::propose(NodeId at, const std::string& command) {
  if (!world_.is_up(at)) return;
  ++proposed_[command];
  world_.input(at, Input(Propose{command}));
}

void Cluster::propose_many(NodeId at, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) propose(at);
}

void Cluster::keep_proposing(Duration every, Duration until) {
  grading::Random random(world_.seed(), "proposals");
  for (Duration at = world_.now(); at < until; at += every) {
    const NodeId server = servers()[random.below(servers().size())];
    world_.at(at, [this, server] { propose(server); });
  }
}

bool Cluster::is_committed(const std::string& command) const {
  return committed_.contains(command);
}

void Cluster::hear(NodeId id, const Output& output) {
  if (const auto* refused = std::get_if<NotLeader>(&output)) return refuse(id, refused->command);
  const auto* told = std::get_if<Committed>(&output);
  if (told == nullptr) return;
  const std::string& command = told->command;
  committed_[command].insert(id);
  for (; counted_ < figure3_.committed().size(); ++counted_) {
    ++times_[figure3_.committed()[counted_].command];
  }
  check_proposed(id, command);
}

void Cluster::refuse(NodeId id, const std::string& command) {
  if (proposed_[command] == 0) {
    world_.fail("what is refused was proposed",
                fmt::format("{} refuses \"{}\", which nobody has proposed, or it has refused it "
                            "already",
                            name(id), grading::shortened(printable(command), 40)));
    return;
  }
  --proposed_[command];
  check_proposed(id, command);
}

void Cluster::check_proposed(NodeId id, const std::string& command) {
  if (times_[command] <= proposed_[command]) return;
  world_.fail("what is committed was proposed",
              fmt::format("\"{}\" is committed {} times, as {} makes known, and was proposed {} "
                          "times (what was refused does not count)",
                          grading::shortened(printable(command), 40), times_[command], name(id),
                          proposed_[command]));
}

void Cluster::wait_until_committed(const std::string& command, const std::vector<NodeId>& at,
                                   Duration within) {
  const auto has_all = [&] {
    return std::ranges::all_of(at, [&](NodeId id) { return committed_[command].contains(id); });
  };
  if (world_.run_until(has_all, within)) return;
  std::vector<NodeId> missing;
  std::ranges::copy_if(at, std::back_inserter(missing),
                       [&](NodeId id) { return !committed_[command].contains(id); });
  fail(fmt::format(
      "\"{}\" was proposed to a leader, and {} {} not told that it is committed "
      "within {} (§5.3)",
      command, names(missing), missing.size() == 1 ? "has" : "have", erase::duration_text(within)));
}

void Cluster::expect_progress(const std::vector<NodeId>& among) {
  constexpr int tries = 5;  // a leader may lose its place while it is asked
  for (int i = 1; i < tries; ++i) {
    const std::string command = propose(wait_for_leader(among));
    const auto has_all = [&] { return committed_[command].size() >= among.size(); };
    if (world_.run_until(has_all, election_bound() / 4)) return;
  }
  wait_until_committed(propose(wait_for_leader(among)), among, election_bound());
}

}  // namespace octet::raft
