#include "graders/stage3-partitioning/replicas.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <set>

#include "graders/dsl/graded_test.h"
#include "graders/stage3-partitioning/replica_text.h"
#include "runtime/erase/json.h"
#include "runtime/erase/shown.h"

namespace octet::followers {
namespace {

using grading::fail;

Config with_replicas(Config config, std::size_t size) {
  config.replicas = replicas_of_size(size);
  return config;
}

const Config& add_replicas(sim::World& world, const Config& config) {
  for (const NodeId id : config.replicas) world.add(id, [config] { return make_replica(config); });
  return config;
}

std::uint64_t number_of(const Output& output) {
  return std::visit([](const auto& answer) { return answer.number; }, output);
}

std::string words(const Request& request) {
  if (const auto* submit = std::get_if<Submit>(&request.input)) {
    return fmt::format("[{}] at {}", text_of(submit->write), name(request.at));
  }
  const auto& read = std::get<Read>(request.input);
  return fmt::format("a read at {} with {}", name(request.at), text_of(read.seen));
}

std::string kind_of(const Output& output) {
  return erase::shown(output).name;
}

}  // namespace

std::vector<NodeId> replicas_of_size(std::size_t size) {
  const std::vector<NodeId> pool = {21, 4, 9, 37, 2, 50, 13};
  return {pool.begin(), pool.begin() + static_cast<std::ptrdiff_t>(size)};
}

Replicas::Replicas(sim::World& world, std::size_t size, Config config)
    : world_(world),
      config_(with_replicas(std::move(config), size)),
      rules_(world, add_replicas(world, config_)) {
  for (const NodeId id : ids()) {
    world.listen<Output>(id, [this, id](const Output& output) { hear(id, output); });
  }
}

std::vector<NodeId> Replicas::others(const std::vector<NodeId>& than) const {
  std::vector<NodeId> rest;
  std::ranges::copy_if(ids(), std::back_inserter(rest),
                       [&](NodeId id) { return std::ranges::count(than, id) == 0; });
  return rest;
}

Epoch Replicas::fail_over(NodeId at, Epoch epoch) {
  number_of_last_epoch_ = std::max(number_of_last_epoch_, number(epoch));
  world_.input(at, Input(FailOver{epoch}));
  return epoch;
}

std::optional<NodeId> Replicas::leader_of(Epoch epoch) const {
  for (const NodeId id : ids()) {
    if (!world_.is_up(id)) continue;
    const View now = view(id);
    if (now.role == Role::leader && now.epoch == epoch) return id;
  }
  return std::nullopt;
}

NodeId Replicas::wait_for_leader(Epoch epoch, NodeId asked) {
  world_.run_until([&] { return leader_of(epoch).has_value(); }, bound());
  const auto leader = leader_of(epoch);
  if (leader) return *leader;
  fail(fmt::format(
      "{} was handed epoch {}, and enough replicas hear each other; after {} nobody leads in it",
      name(asked), number(epoch), erase::duration_text(bound())));
}

std::string Replicas::next_value() {
  return fmt::format("value {}", ++last_value_);
}

std::size_t Replicas::submit(NodeId at, const Write& write) {
  rules_.submitted(write);
  const std::uint64_t number = ++last_number_;
  return ask(at, number, Submit{number, write});
}

std::size_t Replicas::read(NodeId at, const std::string& key, Token seen) {
  const std::uint64_t number = ++last_number_;
  return ask(at, number, Read{number, key, seen});
}

std::size_t Replicas::ask(NodeId at, std::uint64_t number, const Input& input) {
  const std::size_t request = requests_.size();
  requests_.push_back({at, world_.lives(at), number, input});
  open_[{at, number}] = request;
  world_.input(at, input);
  return request;
}

void Replicas::hear(NodeId id, const Output& output) {
  const auto open = open_.find({id, number_of(output)});
  if (open == open_.end() || requests_[open->second].life != world_.lives(id)) {
    return (void)world_.fail("answers have a request",
                             fmt::format("{} gives {} for number {}, and no such request of this "
                                         "life of it waits for an answer",
                                         name(id), kind_of(output), number_of(output)));
  }
  Request& request = requests_[open->second];
  open_.erase(open);
  request.answer = output;
  std::string problem = rules_.look();
  if (problem.empty()) {
    problem = std::visit([&](const auto& answer) { return wrong(request, answer); }, output);
  }
  if (!problem.empty()) world_.fail("what replicas answer", std::move(problem));
}

std::string Replicas::wrong(const Request& request, const Acknowledged& answer) {
  ++acknowledgements_;
  const auto* submit = std::get_if<Submit>(&request.input);
  if (submit == nullptr) return "Acknowledged came for " + words(request);
  if (std::string problem = wrong_token(request, answer.token); !problem.empty()) return problem;
  const std::vector<Entry>* log = rules_.log_with(answer.token);
  if (log == nullptr) return "";
  const auto seen = std::span(*log).first(number(answer.token.index));
  if (std::ranges::find(seen, submit->write, &Entry::write) == seen.end()) {
    return fmt::format("{} is acknowledged with {}, which has not seen it (LF7)", words(request),
                       text_of(answer.token));
  }
  return not_safe(request, answer.token);
}

/// A replica that passes on what another one says may not have it yet.
std::string Replicas::not_safe(const Request& request, Token token) {
  if (config_.durable_on == 1 || !has(rules_.log_of(request.at), token)) return "";
  return rules_.settle(request.at, token.index);
}

/// What was in one log only may be gone already, in asynchronous mode.
std::string Replicas::wrong_token(const Request& request, Token token) {
  if (config_.durable_on == 1 || rules_.log_with(token) != nullptr) return "";
  return fmt::format("{} gets {}, and no replica has such an entry (LF7)", words(request),
                     text_of(token));
}

std::string Replicas::wrong(const Request& request, const NotLeader& answer) {
  const auto* submit = std::get_if<Submit>(&request.input);
  if (submit == nullptr) return "NotLeader came for " + words(request);
  if (answer.leader == request.at) {
    return words(request) + " is answered NotLeader, and the leader be itself";
  }
  return rules_.refused(submit->write);
}

/// The value is that of some place from what the client had seen up to what it has seen now.
std::string Replicas::wrong(const Request& request, const Value& answer) {
  ++values_;
  const auto* read = std::get_if<Read>(&request.input);
  if (read == nullptr) return "a Value came for " + words(request);
  if (std::string problem = wrong_token(request, answer.token); !problem.empty()) return problem;
  const std::vector<Entry>* log = rules_.log_with(answer.token);
  if (log == nullptr) return "";
  if (answer.token.index < read->seen.index || !has(*log, read->seen)) {
    return fmt::format("{} gets {}, which has not seen all of that (LF7)", words(request),
                       text_of(answer.token));
  }
  Values values = replay(std::span(*log).first(number(read->seen.index)));
  for (std::uint64_t at = number(read->seen.index);; ++at) {
    if (value_of(values, read->key) == answer.value) return not_safe(request, answer.token);
    if (at == number(answer.token.index)) break;
    apply((*log)[at], values);
  }
  return fmt::format("{} gets {} with {}, and the log says {} there (LF7)", words(request),
                     text_of(answer.value), text_of(answer.token),
                     text_of(value_of(values, read->key)));
}

std::string Replicas::wrong(const Request& request, const Lost&) {
  const auto* read = std::get_if<Read>(&request.input);
  if (read == nullptr) return "Lost came for " + words(request);
  // Who has crashed since may have heard of any epoch that there is.
  const bool is_up = world_.is_up(request.at);
  const Epoch heard_of = is_up ? view(request.at).epoch : Epoch{UINT64_MAX};
  if (config_.durable_on == 1 && rules_.is_lost(read->seen, heard_of)) return "";
  return fmt::format("{} is answered Lost, and no fail-over has taken that back (LF7)",
                     words(request));
}

std::string Replicas::wrong(const Request& request, const Busy&) {
  const auto* read = std::get_if<Read>(&request.input);
  if (read == nullptr) return "Busy came for " + words(request);
  const auto waiting = std::ranges::count_if(open_, [&](const auto& open) {
    const Request& other = requests_[open.second];
    return other.at == request.at && other.life == request.life &&
           std::holds_alternative<Read>(other.input);
  });
  if (static_cast<std::size_t>(waiting) >= config_.most_waiting) return "";
  return fmt::format("{} is answered Busy, and {} wait there, where {} may", words(request),
                     waiting, config_.most_waiting);
}

void Replicas::wait_for_answer(std::size_t number, const std::string& kind) {
  if (world_.run_until([&] { return request(number).answer.has_value(); }, bound())) return;
  fail(fmt::format("{} has no answer after {}, and {} is due", words(request(number)),
                   erase::duration_text(bound()), kind));
}

void Replicas::fail_with_answer(std::size_t number, const std::string& kind) const {
  fail(fmt::format("{} is answered {}, and {} is due", words(request(number)),
                   kind_of(*request(number).answer), kind));
}

void Replicas::wait_until_applied(Token token, const std::vector<NodeId>& by) {
  const auto has_applied = [&](NodeId id) {
    return world_.is_up(id) && view(id).applied >= token.index && has(view(id).log, token);
  };
  if (world_.run_until([&] { return std::ranges::all_of(by, has_applied); }, bound())) return;
  const NodeId behind = *std::ranges::find_if_not(by, has_applied);
  fail(
      fmt::format("{} hears a leader that has applied {}, and has not after {}: it has applied "
                  "all up to index {}",
                  name(behind), text_of(token), erase::duration_text(bound()),
                  world_.is_up(behind) ? number(view(behind).applied) : 0));
}

bool Replicas::has_in_log(NodeId id, std::size_t request) const {
  const Write& write = std::get<Submit>(requests_.at(request).input).write;
  const auto log = view(id).log;
  return std::ranges::find(log, write, &Entry::write) != log.end();
}

void Replicas::expect_agreement() {
  const NodeId leader = elect(ids().front());
  wait_until_applied(put_done(leader), ids());
  const View first = view(leader);
  for (const NodeId id : ids()) {
    const View now = view(id);
    if (common_length(first.log, now.log) == first.log.size() &&
        now.log.size() == first.log.size() && now.values == first.values) {
      continue;
    }
    fail(
        fmt::format("all replicas hear each other and have applied the same, and the logs of {} "
                    "and {} are not equal (LF2, LF6)",
                    name(leader), name(id)));
  }
}

void cut(sim::World& world, const std::vector<NodeId>& these, const std::vector<NodeId>& those) {
  for (const NodeId one : these) {
    for (const NodeId other : those) world.cut_one_way(one, other).cut_one_way(other, one);
  }
}

}  // namespace octet::followers
