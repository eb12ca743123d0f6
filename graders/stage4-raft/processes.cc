#include "graders/stage4-raft/processes.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <asio/buffer.hpp>
#include <asio/co_spawn.hpp>
#include <asio/write.hpp>
#include <system_error>
#include <utility>
#include <variant>

#include "graders/dsl/graded_test.h"
#include "graders/stage4-raft/servers.h"
#include "runtime/tcp/frames.h"
#include "runtime/tcp/spawn.h"

namespace octet::kv {
namespace {

using namespace std::chrono_literals;
using asio::ip::tcp;
using grading::fail;
using std::chrono::steady_clock;

constexpr std::size_t calls_at_a_time = 4;  // of each client

/// An address of this machine that no other test has at the same time.
asio::ip::address_v4 own_address() {
  constexpr std::uint32_t loopback = 0x7f800000;  // 127.128.0.0
  return asio::ip::address_v4(loopback | (static_cast<std::uint32_t>(getpid()) & 0x7fffff));
}

/// The first one from there that is free. Below those that the system gives to connections, or one
/// of these might take the port of a server that is down.
tcp::endpoint free_from(asio::io_context& io, std::uint16_t port) {
  const tcp::endpoint place(own_address(), port);
  try {
    const tcp::acceptor listens(io, place);
    return place;
  } catch (const std::system_error&) {
    return free_from(io, static_cast<std::uint16_t>(port + 1));
  }
}

std::string names(const std::vector<NodeId>& nodes) {
  std::string all;
  for (const NodeId id : nodes) all += fmt::format("{}{}", all.empty() ? "" : ", ", id.value);
  return all;
}

}  // namespace

KvProcesses::KvProcesses(std::size_t servers, std::size_t clients, grading::Random random)
    : config_{.servers = {}, .election_timeout = 150ms, .heartbeat = 50ms}, random_(random) {
  for (std::uint32_t i = 0; i < servers; ++i) config_.servers.push_back(11 + i);
  for (std::uint32_t i = 0; i < clients; ++i) clients_.push_back(71 + i);
  std::uint16_t port = 20'000;
  for (const auto& ids : {config_.servers, clients_}) {
    for (const NodeId id : ids) {
      nodes_[id] = free_from(io_, static_cast<std::uint16_t>(port + 1));
      port = nodes_[id].port();
    }
  }
  for (const NodeId id : clients_) talks_[id];
  make_whole();
}

void KvProcesses::start(NodeId id) {
  NodePlan plan{.id = id,
                .make = [config = config_] { return make_kv_server(config); },
                .nodes = nodes_,
                .data = folder_.path() / std::to_string(id.value)};
  if (is_client(id)) {
    plan.make = [servers = config_.servers] {
      return make_kv_client({.servers = servers, .retry = 100ms});
    };
  }
  const grading::ServerProcess::Options options{
      .name = fmt::format("{} {}", is_client(id) ? "client" : "server", id.value)};
  processes_[id] = std::make_unique<grading::ServerProcess>(start_node(std::move(plan)), options);
  open_door(id);
  if (!is_client(id)) return;
  talks_[id].last_number = 0;
  for (std::size_t i = 0; i < calls_at_a_time; ++i) call(id, new_caller(id));
}

void KvProcesses::kill(const std::vector<NodeId>& nodes) {
  grading::tell(fmt::format("kill -9 {}", names(nodes)));
  // All of them before one is waited for: a power cut takes no turns.
  for (const NodeId id : nodes) ::kill(processes_.at(id)->pid(), SIGKILL);
  for (const NodeId id : nodes) {
    processes_.erase(id);
    doors_.erase(id);
    if (is_client(id)) talks_[id].open.clear();
  }
}

void KvProcesses::pause(const std::vector<NodeId>& nodes) {
  grading::tell(fmt::format("SIGSTOP {}", names(nodes)));
  for (const NodeId id : nodes) processes_.at(id)->pause();
}

void KvProcesses::cut_off(const std::vector<NodeId>& servers) {
  grading::tell(fmt::format("cut off {}", names(servers)));
  const auto others = raft::without(this->servers(), servers);
  for (const NodeId id : servers) say(id, CutOff{others});
}

void KvProcesses::make_whole() {
  for (const auto& [id, process] : processes_) {
    process->resume();
    say(id, CutOff{});
  }
  std::vector<NodeId> down;
  for (const auto& [id, place] : nodes_) {
    if (!processes_.contains(id)) down.push_back(id);
  }
  // Who comes first may be the first to stand for election.
  for (; !down.empty(); down.pop_back()) {
    std::swap(down.back(), down[random_.below(down.size())]);
    start(down.back());
  }
}

void KvProcesses::open_door(NodeId id) {
  auto door = std::make_shared<tcp::socket>(io_);
  door->connect({asio::ip::address_v4::loopback(), processes_.at(id)->port()});
  door->set_option(tcp::no_delay(true));
  doors_[id] = door;
  if (is_client(id)) asio::co_spawn(io_, listen(id, door), octet::tcp::rethrow);
}

void KvProcesses::say(NodeId id, const AtTheDoor& what) {
  std::string frame;
  octet::tcp::append_frame(frame, encode(what));
  asio::error_code gone;  // it has ended, as the next look at its process tells
  asio::write(*doors_.at(id), asio::buffer(frame), gone);
}

std::uint64_t KvProcesses::new_caller(NodeId client) {
  return client.value * 1'000 + ++talks_[client].callers;
}

asio::awaitable<void> KvProcesses::listen(NodeId client, Door door) {
  octet::tcp::FrameReader outputs(*door);
  while (const auto frame = co_await outputs.next()) {
    const auto open = doors_.find(client);
    if (open == doors_.end() || open->second != door) co_return;  // what is left of an earlier life
    ClientOutput output;
    decode(*frame, output);
    hear(client, output);
  }
}

void KvProcesses::call(NodeId client, std::uint64_t caller) {
  Client& talk = talks_[client];
  const std::uint64_t number = ++talk.last_number;
  const Operation operation = draw(asked_.size());
  talk.open[number] = {history_.begin(caller, operation), caller};
  asked_.push_back(operation);
  say(client, Take{encode(ClientInput(Call{number, operation}))});
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

void KvProcesses::run_once() {
  io_.run_one_for(10ms);
  if (io_.stopped()) io_.restart();
  for (const auto& [id, process] : processes_) {
    if (const auto how = process->ended()) fail(fmt::format("{}: {}", process->name(), *how));
  }
}

void KvProcesses::run_for(std::chrono::milliseconds time) {
  const auto end = steady_clock::now() + time;
  while (steady_clock::now() < end) run_once();
}

void KvProcesses::wait_until_done(std::size_t calls) {
  for (auto& [id, talk] : talks_) {
    talk.waited_for = asked_.size();
    talk.done = 0;
  }
  for (const auto time : {8s, 10s, 12s}) {
    if (are_done(calls, time)) return;
    slow_down();
  }
  fail(fmt::format("all processes run, and in 30 s not every client has {} calls done (KV6)",
                   calls));
}

bool KvProcesses::are_done(std::size_t calls, std::chrono::milliseconds within) {
  const auto has_enough = [&](const auto& client) { return client.second.done >= calls; };
  const auto end = steady_clock::now() + within;
  while (steady_clock::now() < end) {
    run_once();
    if (std::ranges::all_of(talks_, has_enough)) return true;
  }
  return false;
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
