#include "graders/stage4-raft/processes.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <variant>

#include "graders/dsl/graded_test.h"
#include "graders/stage4-raft/servers.h"

namespace octet::kv {
namespace {

using namespace std::chrono_literals;
using grading::fail;

constexpr std::size_t calls_at_a_time = 4;  // of each client

std::vector<NodeId> numbered(std::uint32_t first, std::size_t count) {
  std::vector<NodeId> ids;
  for (std::uint32_t i = 0; i < count; ++i) ids.push_back(first + i);
  return ids;
}

std::vector<NodeId> together(std::vector<NodeId> nodes, const std::vector<NodeId>& others) {
  nodes.insert(nodes.end(), others.begin(), others.end());
  return nodes;
}

}  // namespace

KvProcesses::KvProcesses(std::size_t servers, std::size_t clients, grading::Random random)
    : config_{.servers = numbered(11, servers), .election_timeout = 150ms, .heartbeat = 50ms},
      clients_(numbered(71, clients)),
      processes_({.protocol = "octet store",
                  .nodes = together(config_.servers, clients_),
                  .make = [this](NodeId id) { return make(id); },
                  .name =
                      [this](NodeId id) {
                        return fmt::format("{} {}", is_client(id) ? "client" : "server", id.value);
                      },
                  .on_start = [this](NodeId id) { begin_life(id); },
                  .on_output =
                      [this](NodeId id, const Bytes& bytes) {
                        ClientOutput output;
                        decode(bytes, output);
                        hear(id, output);
                      }},
                 random),
      random_(random) {
  for (const NodeId id : clients_) talks_[id];
  make_whole();
}

std::unique_ptr<AnyNode> KvProcesses::make(NodeId id) const {
  if (is_client(id)) return make_kv_client({.servers = servers(), .retry = 100ms});
  return make_kv_server(config_);
}

void KvProcesses::begin_life(NodeId id) {
  if (!is_client(id)) return;
  talks_[id].last_number = 0;
  for (std::size_t i = 0; i < calls_at_a_time; ++i) call(id, new_caller(id));
}

void KvProcesses::kill(const std::vector<NodeId>& nodes) {
  processes_.kill(nodes);
  for (const NodeId id : nodes) {
    if (is_client(id)) talks_[id].open.clear();
  }
}

void KvProcesses::cut_off(const std::vector<NodeId>& servers) {
  processes_.cut(servers, raft::without(this->servers(), servers));
}

std::uint64_t KvProcesses::new_caller(NodeId client) {
  return client.value * 1'000 + ++talks_[client].callers;
}

void KvProcesses::call(NodeId client, std::uint64_t caller) {
  Client& talk = talks_[client];
  const std::uint64_t number = ++talk.last_number;
  const Operation operation = draw(asked_.size());
  talk.open[number] = {history_.begin(caller, operation), caller};
  asked_.push_back(operation);
  processes_.input(client, encode(ClientInput(Call{number, operation})));
}

void KvProcesses::hear(NodeId client, const ClientOutput& output) {
  Client& talk = talks_[client];
  const std::uint64_t number = std::visit([](const auto& end) { return end.number; }, output);
  const auto found = talk.open.find(number);
  if (found == talk.open.end()) {
    fail(fmt::format("client {} says how call {} has ended, and it has no such call under way",
                     client.value, number));
  }
  const Open open = found->second;
  talk.open.erase(found);
  if (const auto* done = std::get_if<Done>(&output)) {
    hear(client, open.call, done->result);
  } else if (std::holds_alternative<Failed>(output)) {
    history_.failed(open.call);
  }
  // A call of which nobody knows is under way for ever.
  const bool is_unknown = std::holds_alternative<Unknown>(output);
  call(client, is_unknown ? new_caller(client) : open.caller);
}

void KvProcesses::hear(NodeId client, std::size_t call, const Result& result) {
  if (!fits(asked_[call], result)) {
    fail(fmt::format("client {} gets a result that its operation does not give", client.value));
  }
  history_.done(call, result);
  if (call >= talks_[client].waited_for) ++talks_[client].done;
  const auto* got = std::get_if<Value>(&result);
  if (got != nullptr) seen_[std::get<Get>(asked_[call]).key] = got->value;
}

/// Most append, since a value that was put hides what was lost before.
Operation KvProcesses::draw(std::size_t call) {
  const std::string key(1, static_cast<char>('x' + random_.below(3)));
  const std::string value = fmt::format("{},", call);
  const std::uint64_t kind = random_.below(16);
  if (kind < 1) return Put{key, value};
  if (kind < 3) return Cas{key, seen_[key], value};
  if (kind < 8) return Get{key};
  return Append{key, value};
}

void KvProcesses::wait_until_done(std::size_t calls) {
  for (auto& [id, talk] : talks_) {
    talk.waited_for = asked_.size();
    talk.done = 0;
  }
  const auto are_done = [&] {
    return std::ranges::all_of(talks_, [&](const auto& talk) { return talk.second.done >= calls; });
  };
  if (processes_.run_until(are_done, [this] { slow_down(); })) return;
  fail(fmt::format("all processes run, and in 30 s not every client has {} calls done (KV6)",
                   calls));
}

/// A machine with much else to do may not carry a vote within the time of an election.
void KvProcesses::slow_down() {
  grading::tell("no progress; elections take four times as long from here on");
  is_slow_ = true;
  config_.election_timeout *= 4;
  config_.heartbeat *= 4;
  kill(servers());
  make_whole();
}

void KvProcesses::check() const {
  std::map<std::string, std::size_t> of_key;  // a call
  for (std::size_t call = 0; call < asked_.size(); ++call) {
    of_key[std::visit([](const auto& what) { return what.key; }, asked_[call])] = call;
  }
  for (const auto& [key, call] : of_key) {
    if (const std::string problem = history_.problem(call); !problem.empty()) {
      fail("what clients got is not linearizable (KV1): " + problem);
    }
  }
}

}  // namespace octet::kv
