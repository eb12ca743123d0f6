#include "graders/stage2-clocks-rpc/rpc_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "runtime/random.h"
#include "stage2-clocks-rpc/api/solution.h"

namespace octet::rpc {
namespace {

using namespace std::chrono_literals;

std::string name_of(const MadeCall& call) {
  return fmt::format("call {} of client {}", call.tag, call.client.value);
}

std::string shown(std::string_view bytes) {
  constexpr std::size_t most = 30;
  if (bytes.size() <= most) return fmt::format("\"{}\"", bytes);
  return fmt::format("\"{}...\" of {} bytes", bytes.substr(0, most), bytes.size());
}

bool has_returned(const MadeCall& call) {
  return call.output && std::holds_alternative<Returned>(*call.output);
}

std::uint64_t tag_of(const ClientOutput& output) {
  return std::visit([](const auto& each) { return each.tag; }, output);
}

std::int64_t in_ms(Duration time) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(time).count();
}

}  // namespace

RpcRun::RpcRun(sim::World& world, RpcSetting setting)
    : world_(world), setting_(std::move(setting)) {
  world_.add(setting_.server, [] { return make_server({}); });
  world_.listen<ServerOutput>(
      setting_.server, [this](const ServerOutput& output) { execute(std::get<Execute>(output)); });
  const ClientConfig config{.server = setting_.server,
                            .retry_after = setting_.retry_after,
                            .give_up_after = setting_.give_up_after};
  for (const NodeId client : setting_.clients) {
    lives_[client] = 1;
    world_.add(client, [config] { return make_client(config); });
    world_.listen<ClientOutput>(
        client, [this, client](const ClientOutput& output) { hear(client, output); });
  }
  world_.always("what api/rpc.h promises", [this] {
    look_for_crashes();
    return flaw_;
  });
}

void RpcRun::call(NodeId client, std::string body, std::uint64_t tag) {
  look_for_crashes();
  if (!world_.is_up(client)) return;
  calls_.push_back({.client = client,
                    .life = lives_.at(client),
                    .tag = tag > 0 ? tag : ++last_tag_,
                    .body = std::move(body),
                    .at = world_.now()});
  open_.insert(calls_.size() - 1);
  const MadeCall made = calls_.back();
  ++bodies_[made.body].made;
  world_.input(client, ClientInput(Call{made.tag, made.body}));
  look_for_crashes();  // in its handler; before anything else happens it may be up again
}

void RpcRun::crash(NodeId client, Duration down) {
  world_.crash(client);
  look_for_crashes();
  world_.run_for(down);
  world_.restart(client);
}

void RpcRun::run_to_the_end(Duration within) {
  if (world_.run_until([this] { return open_.empty(); }, within)) return;
  if (!world_.failure().empty()) return;
  const MadeCall& call = calls_[*open_.begin()];
  world_.fail("every call ends (A1)", fmt::format("{} has no output, {} ms after it was made",
                                                  name_of(call), in_ms(world_.now() - call.at)));
}

std::size_t RpcRun::returned() const {
  return static_cast<std::size_t>(std::ranges::count_if(calls_, has_returned));
}

std::size_t RpcRun::executions_of(const std::string& body) const {
  const auto found = bodies_.find(body);
  return found == bodies_.end() ? 0 : found->second.executions;
}

void RpcRun::expect_all_returned() {
  for (const MadeCall& call : calls_) {
    if (has_returned(call)) continue;
    world_.fail("calls return (A1)",
                fmt::format("{} has not returned, though there was time enough", name_of(call)));
  }
}

void RpcRun::execute(const Execute& execute) {
  ++executions_;
  ++bodies_[execute.body].executions;
  const bool is_new = tickets_.insert(execute.ticket).second;
  if (!is_new) note(fmt::format("ticket {} was there before", execute.ticket));
  note(flaw_of_executions(execute.body));
  std::string result = setting_.result ? setting_.result(executions_, execute.body)
                                       : fmt::format("{}: {}", executions_, execute.body);
  const Duration takes = setting_.takes ? setting_.takes(executions_, execute.body) : 0s;
  if (takes == 0s) return answer(execute, std::move(result));
  world_.at(world_.now() + takes,
            [this, execute, result = std::move(result)] { answer(execute, result); });
}

void RpcRun::answer(const Execute& execute, std::string result) {
  bodies_[execute.body].results.push_back(result);
  world_.input(setting_.server, ServerInput(Executed{execute.ticket, std::move(result)}));
}

void RpcRun::hear(NodeId client, const ClientOutput& output) {
  MadeCall* call = find(client, tag_of(output));
  if (call == nullptr) {
    return note(
        fmt::format("client {} tells of call {}, which nobody made", client.value, tag_of(output)));
  }
  note(flaw_of(*call, output));
  call->output = output;
  open_.erase(static_cast<std::size_t>(call - calls_.data()));
  if (std::holds_alternative<NotExecuted>(output)) ++bodies_[call->body].not_executed;
  note(flaw_of_executions(call->body));
}

void RpcRun::note(std::string flaw) {
  if (flaw_.empty()) flaw_ = std::move(flaw);
}

/// What is wrong with that output, here and now; "" if nothing is.
std::string RpcRun::flaw_of(const MadeCall& call, const ClientOutput& output) const {
  if (call.output) return fmt::format("{} has a second output", name_of(call));
  // An output may be the last that a client does before it crashes, and then be heard in the moment
  // of the crash, but not what its next life does.
  if (lives_.at(call.client) > call.life + 1 && crashed_at_.at(call.client) != world_.now()) {
    return fmt::format("{} has an output, but it is of an earlier life (A7)", name_of(call));
  }
  const Duration waited = world_.now() - call.at;
  if (std::holds_alternative<Unknown>(output) && waited < setting_.give_up_after) {
    return fmt::format("{} is Unknown after {} ms, but its time is {} ms", name_of(call),
                       in_ms(waited), in_ms(setting_.give_up_after));
  }
  if (setting_.punctual && waited > setting_.give_up_after + setting_.retry_after) {
    return fmt::format("{} has its output after {} ms, but its time is {} ms", name_of(call),
                       in_ms(waited), in_ms(setting_.give_up_after));
  }
  const auto* returned = std::get_if<Returned>(&output);
  return returned != nullptr ? flaw_of_result(call, returned->result) : "";
}

std::string RpcRun::flaw_of_result(const MadeCall& call, const std::string& result) const {
  const std::vector<std::string>& results = bodies_.at(call.body).results;
  if (results.empty()) {
    return fmt::format("{} returned {}, but it was not executed", name_of(call), shown(result));
  }
  if (std::ranges::find(results, result) != results.end()) return {};
  return fmt::format("{} returned {}, but the handler answered {} (A3)", name_of(call),
                     shown(result), shown(results.front()));
}

/// A handler may execute every call with that body, except those that are not executed.
std::string RpcRun::flaw_of_executions(const std::string& body) const {
  const OfBody& of = bodies_.at(body);
  if (of.executions <= of.made - of.not_executed) return {};
  if (of.made == 0) return fmt::format("the handler shall execute {}: no such call", shown(body));
  if (of.not_executed > 0) {
    return fmt::format("a call with the body {} is said not to be executed, but it is (A6)",
                       shown(body));
  }
  return fmt::format("{} call{} with the body {}, but {} executions (A2)", of.made,
                     of.made == 1 ? "" : "s", shown(body), of.executions);
}

void RpcRun::look_for_crashes() {
  for (auto& [client, life] : lives_) {
    const bool was_up = life % 2 == 1;
    if (was_up == world_.is_up(client)) continue;
    ++life;
    if (was_up) crashed_at_[client] = world_.now();
    std::erase_if(open_, [&, id = client](std::size_t call) { return calls_[call].client == id; });
  }
}

/// The last call with that tag.
MadeCall* RpcRun::find(NodeId client, std::uint64_t tag) {
  const auto found = std::find_if(calls_.rbegin(), calls_.rend(), [&](const MadeCall& call) {
    return call.client == client && call.tag == tag;
  });
  return found == calls_.rend() ? nullptr : &*found;
}

sim::Filter from(NodeId node) {
  return [node](const sim::Envelope& message) { return message.from == node; };
}

sim::Filter to(NodeId node) {
  return [node](const sim::Envelope& message) { return message.to == node; };
}

void copy_everything(sim::World& world) {
  constexpr std::array<Duration, 4> later = {30ms, 400ms, 5s, 60s};
  for (std::size_t i = 0; i < later.size(); ++i) {
    const auto takes = [i, kinds = later.size()](const sim::Envelope& message) {
      return hash_of(message.bytes) % kinds == i;
    };
    world.duplicate(takes, later[i]);
  }
}

}  // namespace octet::rpc
