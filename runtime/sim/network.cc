#include "runtime/sim/network.h"

#include <algorithm>

namespace octet::sim {

Network::Network(std::uint64_t seed, const NetworkOptions& options)
    : options_(options),
      loss_(seed, "loss"),
      latency_(seed, "latency"),
      duplication_(seed, "duplication"),
      long_delay_(seed, "long delay") {}

Network::Fate Network::decide(const Envelope& message) {
  if (is_cut(message.from, message.to)) return {.lost = "the link is cut"};
  const std::uint64_t key = key_of(message);
  Fate fate{.latency = latency(key)};
  if (loss_.happens(options_.loss, key)) fate.lost = "the network lost it";
  if (long_delay_.happens(options_.long_delay, key)) {
    fate.latency += Duration(static_cast<std::int64_t>(
        long_delay_.at(~key) % static_cast<std::uint64_t>(options_.longest_delay.count())));
  }
  fate.twice = duplication_.happens(options_.duplication, key);

  const auto rule = std::find_if(rules_.rbegin(), rules_.rend(),
                                 [&](const Rule& each) { return each.takes(message); });
  if (rule != rules_.rend()) {
    if (rule->action == Rule::lose) fate.lost = "the test dropped it";
    if (rule->action == Rule::delay) fate.latency += rule->by;
    if (rule->action == Rule::duplicate) fate.twice = true;
  }
  if (fate.twice) fate.second_latency = latency(~key);
  return fate;
}

std::uint64_t Network::key_of(const Envelope& message) {
  const std::uint64_t link = std::uint64_t{message.from.value} << 32 | message.to.value;
  const std::uint64_t content = mix(mix(link) ^ hash_of(message.bytes));
  return mix(content ^ ++occurrences_[content % occurrences_.size()]);
}

Duration Network::latency(std::uint64_t key) const {
  return Duration(static_cast<std::int64_t>(
      latency_.between(static_cast<std::uint64_t>(options_.min_latency.count()),
                       static_cast<std::uint64_t>(options_.max_latency.count()), key)));
}

}  // namespace octet::sim
