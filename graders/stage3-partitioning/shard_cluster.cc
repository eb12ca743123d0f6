#include "graders/stage3-partitioning/shard_cluster.h"

#include <fmt/format.h>

#include "graders/dsl/graded_test.h"
#include "runtime/erase/json.h"
#include "runtime/erase/shown.h"

namespace octet::shards::trial {
namespace {

using namespace std::chrono_literals;
using grading::fail;

/// An application that has heard NotHere asks again after so long, one that has heard nothing after
/// so long.
constexpr Duration soon = 20ms;
constexpr Duration later = 200ms;

std::string client_name(std::uint64_t client) {
  return fmt::format("client {}", client);
}

RequestId id_of(const Output& output) {
  return std::visit([](const auto& content) { return content.id; }, output);
}

}  // namespace

ShardCluster::ShardCluster(sim::World& world, const std::vector<NodeId>& servers,
                           const SlotMap& founding, Duration retry)
    : world_(world), servers_(servers), founding_(founding), retry_(retry) {
  const Config config{.founding = founding, .retry = retry};
  for (const NodeId id : servers) {
    world.add(id, [config] { return make_shard_server(config); });
    world.listen<Output>(id, [this, id](const Output& output) { hear(id, output); });
  }
  world.always("a slot has one server at most (RB2)", [this] { return two_who_serve(); });
}

std::string ShardCluster::two_who_serve() {
  std::map<Slot, NodeId> servers;
  for (const NodeId id : servers_) {
    if (!world_.is_up(id)) continue;
    auto& [seen_at, slots] = serving_[id];
    if (seen_at != world_.handled(id)) {
      seen_at = world_.handled(id);
      slots.clear();
      for (const auto& [slot, held] : view(id).held) {
        if (held.serves) slots.insert(slot);
      }
    }
    for (const Slot slot : slots) {
      const auto [other, is_first] = servers.emplace(slot, id);
      if (is_first) continue;
      return fmt::format("{} and {} both serve slot {}", name(other->second), name(id),
                         slots::number(slot));
    }
  }
  return "";
}

bool ShardCluster::serves(NodeId server, Slot slot) const {
  if (!world_.is_up(server)) return false;
  const View view = this->view(server);
  const auto held = view.held.find(slot);
  return held != view.held.end() && held->second.serves;
}

bool ShardCluster::holds(NodeId server, Slot slot) const {
  return world_.is_up(server) && view(server).held.contains(slot);
}

void ShardCluster::announce(const SlotMap& map, const std::vector<NodeId>& to) {
  for (const NodeId id : to.empty() ? servers_ : to) world_.input(id, Input(NewMap{map}));
}

void ShardCluster::wait_until_settled(const SlotMap& map) {
  if (world_.run_until([&] { return unsettled(map).empty(); }, bound())) return;
  fail(fmt::format("after {}, with map {}, {}: {} (RB6)", erase::duration_text(bound()),
                   number(map.epoch), text_of(map), unsettled(map)));
}

std::string ShardCluster::unsettled(const SlotMap& map) const {
  for (const NodeId id : servers_) {
    if (!world_.is_up(id)) continue;
    const View view = this->view(id);
    for (std::uint32_t i = 0; i < map.owners.size(); ++i) {
      const auto held = view.held.find(Slot{i});
      const bool is_owner = map.owners[i] == id;
      if (is_owner && (held == view.held.end() || !held->second.serves)) {
        return fmt::format("{} does not serve its slot {}", name(id), i);
      }
      if (!is_owner && held != view.held.end()) {
        return fmt::format("{} still holds slot {}, which is {}'s", name(id), i,
                           name(map.owners[i]));
      }
    }
  }
  return "";
}

ShardCluster::Application& ShardCluster::application(std::uint64_t client) {
  return applications_.try_emplace(client, Application{.map = founding_}).first->second;
}

NodeId ShardCluster::owner(std::uint64_t client, const Operation& operation) {
  const SlotMap& map = application(client).map;
  return slots::owner_of(map, slots::slot_of(map, slots::partition_of(map, key_of(operation)), 0));
}

std::size_t ShardCluster::call(std::uint64_t client, const Operation& operation) {
  Application& its = application(client);
  const std::size_t number = history_.begin(client, operation);
  const RequestId id{client, ++its.last_number};
  calls_.push_back({.client = client, .id = id, .operation = operation});
  its.call = number;
  ++its.asked;
  const NodeId server = owner(client, operation);
  if (world_.is_up(server)) ++unanswered_[{server, id}];
  const Input input = Request{id, operation};
  const std::uint64_t bar =
      world_.call(trace::ClientId(static_cast<std::uint32_t>(client)), server, input, operation);
  calls_[number].bar = bar;
  if (is_done(number)) {
    finish(number);  // at once
  } else {
    ask_again_in(client, later);
  }
  return number;
}

void ShardCluster::ask_for(std::uint64_t client) {
  Application& its = application(client);
  const Called& called = calls_.at(*its.call);
  ++its.asked;
  ask_again_in(client, later);
  hand_over(owner(client, called.operation), {called.id, called.operation});
}

/// Unless it has asked by then.
void ShardCluster::ask_again_in(std::uint64_t client, Duration time) {
  const std::uint64_t asked = application(client).asked;
  world_.at(world_.now() + time, [this, client, asked] {
    const Application& its = application(client);
    if (its.call && its.asked == asked) ask_for(client);
  });
}

void ShardCluster::hand_over(NodeId server, const Request& request) {
  if (!world_.is_up(server)) return;
  ++unanswered_[{server, request.id}];
  world_.input(server, Input(request));
}

void ShardCluster::hear(NodeId server, const Output& output) {
  const RequestId id = id_of(output);
  if (std::uint64_t& left = unanswered_[{server, id}]; left > 0) {
    --left;
  } else {
    world_.fail("a request has one answer",
                fmt::format("{} answers request {} of {} more often than it was asked",
                            name(server), id.number, client_name(id.client)));
    return;
  }
  const auto asked = asked_.find({server, id});
  if (asked != asked_.end()) asked->second = output;
  const auto known = applications_.find(id.client);
  if (known == applications_.end()) return;
  Application& its = known->second;
  if (!its.call || calls_[*its.call].id != id) return;  // it has gone on
  if (const auto* done = std::get_if<Done>(&output)) return hear_of(*its.call, *done);
  const SlotMap& map = std::get<NotHere>(output).map;
  if (map.epoch > its.map.epoch) its.map = map;
  ask_again_in(id.client, soon);
}

void ShardCluster::hear_of(std::size_t call, const Done& done) {
  Called& called = calls_[call];
  application(called.client).call.reset();
  called.result = done.result;
  if (called.bar != 0) finish(call);
}

void ShardCluster::finish(std::size_t call) {
  const Called& called = calls_[call];
  std::visit([&](const auto& got) { world_.end(called.bar, trace::Outcome::ok, got); },
             *called.result);
  if (!fits(called.operation, *called.result)) {
    world_.fail("a result is what its operation gives",
                fmt::format("{} gets {} for {}", client_name(called.client),
                            erase::shown(*called.result).name, text_of(called.operation)));
    return;
  }
  ++done_;
  history_.done(call, *called.result);
  if (std::string problem = history_.problem(call); !problem.empty()) {
    world_.fail("nothing is lost or done twice (RB1, RB3)", std::move(problem));
  }
}

bool ShardCluster::is_idle(std::uint64_t client) const {
  const auto known = applications_.find(client);
  return known == applications_.end() || !known->second.call;
}

Result ShardCluster::wait_until_done(std::size_t call) {
  if (world_.run_until([&] { return is_done(call); }, bound())) return result(call);
  const Called& called = calls_.at(call);
  fail(fmt::format("{} of {} is not done after {}, though it is asked for again and again (RB6)",
                   text_of(called.operation), client_name(called.client),
                   erase::duration_text(bound())));
}

Output ShardCluster::ask(NodeId server, RequestId id, const Operation& operation) {
  std::optional<Output>& answer = asked_[{server, id}];
  answer.reset();
  hand_over(server, {id, operation});
  if (!world_.run_until([&] { return answer.has_value(); }, bound())) {
    fail(fmt::format("{} does not answer {}, in {}", name(server), text_of(operation),
                     erase::duration_text(bound())));
  }
  return *answer;
}

Result ShardCluster::ask_until_done(NodeId server, RequestId id, const Operation& operation) {
  const Duration end = world_.now() + bound();
  for (;;) {
    const Output answer = ask(server, id, operation);
    if (const auto* done = std::get_if<Done>(&answer)) return done->result;
    if (world_.now() >= end) {
      fail(fmt::format("{} says NotHere to {}, again and again, for {}", name(server),
                       text_of(operation), erase::duration_text(bound())));
    }
    world_.run_for(soon);
  }
}

}  // namespace octet::shards::trial
