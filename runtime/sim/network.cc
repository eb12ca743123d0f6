#include "runtime/sim/network.h"

#include <algorithm>
#include <utility>

namespace octet::sim {

Network::Network(std::uint64_t seed, const NetworkOptions& options, Namer name)
    : options_(options),
      name_(std::move(name)),
      loss_(seed, "loss"),
      latency_(seed, "latency"),
      duplication_(seed, "duplication"),
      long_delay_(seed, "long delay") {}

Network::Fate Network::decide(const Envelope& message, Duration now) {
  if (is_cut(message.from, message.to)) return {.lost = "the link is cut"};
  const std::uint64_t key = key_of(message);
  Fate fate{.latency = latency(key)};
  follow_chance(message, key, now, fate);
  if (!script_.empty()) follow_script(key, fate);
  follow_rules(message, fate);
  if (fate.twice) fate.second_latency += latency(~key);
  return fate;
}

void Network::follow_chance(const Envelope& message, std::uint64_t key, Duration now, Fate& fate) {
  const auto note = [&](Fault::Kind kind, Duration amount) {
    faults_.push_back({.kind = kind,
                       .at = now,
                       .node = message.from,
                       .peer = message.to,
                       .amount = amount.count(),
                       .message = key,
                       .name = name_(message)});
  };
  if (loss_.happens(options_.loss, key)) {
    fate.lost = "the network lost it";
    return note(Fault::Kind::lose, {});
  }
  if (duplication_.happens(options_.duplication, key)) {
    fate.twice = true;
    note(Fault::Kind::duplicate, {});
  }
  if (long_delay_.happens(options_.long_delay, key)) {
    const auto longest = static_cast<std::uint64_t>(options_.longest_delay.count());
    const Duration by(static_cast<std::int64_t>(long_delay_.between(0, longest, ~key)));
    fate.latency += by;
    note(Fault::Kind::delay, by);
  }
}

void Network::follow_script(std::uint64_t key, Fate& fate) {
  const auto faults = script_.find(key);
  if (faults == script_.end()) return;
  for (const Fault& fault : faults->second) {
    faults_.push_back(fault);
    if (fault.kind == Fault::Kind::lose) fate.lost = "the network lost it";
    if (fault.kind == Fault::Kind::duplicate) fate.twice = true;
    if (fault.kind == Fault::Kind::delay) fate.latency += Duration(fault.amount);
  }
}

void Network::follow_rules(const Envelope& message, Fate& fate) const {
  const auto rule = std::find_if(rules_.rbegin(), rules_.rend(),
                                 [&](const Rule& each) { return each.takes(message); });
  if (rule == rules_.rend()) return;
  if (rule->action == Rule::Action::lose) fate.lost = "the test dropped it";
  if (rule->action == Rule::Action::delay) fate.latency += rule->by;
  if (rule->action == Rule::Action::duplicate) {
    fate.twice = true;
    fate.second_latency = rule->by;
  }
}

std::uint64_t Network::key_of(const Envelope& message) {
  const std::uint64_t link = std::uint64_t{message.from.value} << 32 | message.to.value;
  return occurrences_.key(mix(mix(link) ^ hash_of(message.bytes)));
}

Duration Network::latency(std::uint64_t key) const {
  return Duration(static_cast<std::int64_t>(
      latency_.between(static_cast<std::uint64_t>(options_.min_latency.count()),
                       static_cast<std::uint64_t>(options_.max_latency.count()), key)));
}

}  // namespace octet::sim
