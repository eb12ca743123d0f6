#include "graders/stage4-raft/kv_cluster.h"

#include <fmt/format.h>

#include <algorithm>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/text.h"
#include "graders/stage4-raft/text.h"
#include "runtime/erase/json.h"
#include "runtime/erase/shown.h"

namespace octet::kv {
namespace {

using grading::fail;

std::string client_name(NodeId id) {
  return fmt::format("client {}", id.value);
}

/// Put{"key":"x","value":"1"}.
std::string text_of(const Operation& operation) {
  const Shown shown = erase::shown(operation);
  return grading::shortened(shown.name + shown.json, 80);
}

std::vector<NodeId> clients_of_size(std::size_t size) {
  const std::vector<NodeId> pool = {70, 63, 88, 51, 95};
  return {pool.begin(), pool.begin() + static_cast<std::ptrdiff_t>(size)};
}

std::uint64_t number_of(const ClientOutput& output) {
  return std::visit([](const auto& end) { return end.number; }, output);
}

trace::Outcome outcome_of(const ClientOutput& output) {
  if (std::holds_alternative<Done>(output)) return trace::Outcome::ok;
  return std::holds_alternative<Failed>(output) ? trace::Outcome::failed : trace::Outcome::unknown;
}

std::string how_it_ended(const ClientOutput& output) {
  return "as " + erase::shown(output).name;
}

}  // namespace

KvCluster::KvCluster(sim::World& world, std::size_t servers, std::size_t clients, raft::Config raft,
                     Duration patience)
    : world_(world),
      raft_(std::move(raft)),
      client_{.servers = raft::servers_of_size(servers), .patience = patience},
      clients_(clients_of_size(clients)),
      equal_servers_(world, client_.servers) {
  raft_.servers = client_.servers;
  for (const NodeId id : raft_.servers) {
    world.add(id, [config = raft_] { return make_kv_server(config); });
  }
  for (const NodeId id : clients_) {
    world.add(id, [config = client_] { return make_kv_client(config); });
    world.listen<ClientOutput>(id, [this, id](const ClientOutput& told) { hear(id, told); });
  }
}

NodeId KvCluster::wait_for_leader(const std::vector<NodeId>& among) {
  const auto leader = raft::run_until_one_leads(
      world_, among.empty() ? servers() : among, [this](NodeId id) { return view(id).raft; },
      bound());
  if (!leader) {
    fail(fmt::format("in {} nobody leads those servers of the store that can talk (§5.2)",
                     erase::duration_text(bound())));
  }
  return *leader;
}

std::size_t KvCluster::call(NodeId client, const Operation& operation) {
  const std::uint32_t lane = free_lane(client);
  const std::size_t number = history_.begin(lane, operation);
  calls_.push_back({.client = client,
                    .number = ++last_number_[client],
                    .operation = operation,
                    .lane = lane,
                    .at = world_.now()});
  open_[{client, calls_[number].number}] = number;
  const ClientInput input = Call{calls_[number].number, operation};
  const std::uint64_t bar = world_.call(trace::ClientId(lane), client, input, operation);
  calls_[number].bar = bar;
  if (calls_[number].end) end(number, *calls_[number].end);  // at once
  return number;
}

/// The lowest number that no call under way of this client has.
std::uint32_t KvCluster::free_lane(NodeId client) const {
  std::set<std::uint32_t> taken;
  for (const Asked& each : calls_) {
    if (each.client == client && !each.end) taken.insert(each.lane);
  }
  std::uint32_t lane = client.value;
  for (std::uint32_t i = 1; taken.contains(lane); ++i) lane = client.value * 100 + i;
  return lane;
}

void KvCluster::hear(NodeId client, const ClientOutput& output) {
  const auto open = open_.find({client, number_of(output)});
  if (open == open_.end()) {
    world_.fail("a call ends once",
                fmt::format("{} says how call {} has ended, and it has no such call under way",
                            client_name(client), number_of(output)));
    return;
  }
  const std::size_t call = open->second;
  open_.erase(open);
  calls_[call].end = output;
  if (calls_[call].bar != 0) end(call, output);
}

void KvCluster::end(std::size_t call, const ClientOutput& how) {
  const Asked& asked = calls_[call];
  const auto* done = std::get_if<Done>(&how);
  if (done == nullptr) {
    world_.end(asked.bar, outcome_of(how));
    if (std::holds_alternative<Failed>(how)) history_.failed(call);
  } else {
    std::visit([&](const auto& got) { world_.end(asked.bar, trace::Outcome::ok, got); },
               done->result);
    if (!fits(asked.operation, done->result)) {
      world_.fail("a result is what its operation gives",
                  fmt::format("{} gets {} for {}", client_name(asked.client),
                              erase::shown(done->result).name, text_of(asked.operation)));
      return;
    }
    ++done_;
    history_.done(call, done->result);
  }
  if (std::string problem = history_.problem(call); !problem.empty()) {
    world_.fail("linearizability (KV1)", std::move(problem));
  }
}

bool KvCluster::is_done(std::size_t call) const {
  return asked(call).end && std::holds_alternative<Done>(*asked(call).end);
}

const Asked& KvCluster::wait_for_end(std::size_t call) {
  const Duration most = std::max(bound(), 2 * client_.patience);
  if (!world_.run_until([&] { return asked(call).end.has_value(); }, most)) {
    fail(fmt::format("{} of {} has not ended after {} (KV5)", text_of(asked(call).operation),
                     client_name(asked(call).client), erase::duration_text(most)));
  }
  return asked(call);
}

Result KvCluster::wait_until_done(std::size_t call) {
  world_.run_until([&] { return asked(call).end.has_value(); }, bound());
  const Asked& it = asked(call);
  if (is_done(call)) return result(call);
  fail(fmt::format("{} of {} {} in {}, though a majority of servers can talk (KV6)",
                   text_of(it.operation), client_name(it.client),
                   it.end ? "has ended " + how_it_ended(*it.end) : "is not done",
                   erase::duration_text(bound())));
}

std::string KvCluster::get(NodeId client, const std::string& key) {
  return std::get<Value>(done(client, Get{key})).value;
}

void KvCluster::restart(NodeId client) {
  world_.crash(client).restart(client);
  last_number_[client] = 0;
  for (auto open = open_.begin(); open != open_.end();) {
    open = open->first.first == client ? open_.erase(open) : std::next(open);
  }
}

void KvCluster::expect_agreement() {
  done(clients_.front(), Append{"the last key", "."});
  const auto agree = [&] {
    return std::ranges::all_of(servers(), [&](NodeId id) {
      return world_.is_up(id) && view(id).values == view(servers().front()).values &&
             view(id).values.contains("the last key");
    });
  };
  if (world_.run_until(agree, bound())) return;
  fail(
      fmt::format("all servers hear each other, and after {} they do not all show the same values "
                  "with the one that was written last (KV4)",
                  erase::duration_text(bound())));
}

void cut(sim::World& world, const std::vector<NodeId>& these, const std::vector<NodeId>& those) {
  for (const NodeId one : these) {
    for (const NodeId other : those) world.cut_one_way(one, other).cut_one_way(other, one);
  }
}

}  // namespace octet::kv
