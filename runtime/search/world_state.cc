#include "runtime/search/world_state.h"

#include <algorithm>
#include <utility>

#include "runtime/check.h"

namespace octet::search {
namespace {

Id word(const Budgets& budgets) {
  return static_cast<Id>(budgets.crashes | budgets.losses << 8 | budgets.duplicates << 16);
}

Budgets budgets_of(Id word) {
  const auto byte = [&](int shift) { return static_cast<std::uint8_t>(word >> shift); };
  return {.crashes = byte(0), .losses = byte(8), .duplicates = byte(16)};
}

}  // namespace

WorldState::WorldState(std::vector<Id> hosts, Budgets budgets)
    : hosts_(std::move(hosts)), budgets_(budgets) {
  for (const Id host : hosts_) fingerprint_ += search::fingerprint(FingerprintOf::host, host);
  fingerprint_ += search::fingerprint(FingerprintOf::budgets, word(budgets_));
}

void WorldState::set_host(Id place, Id host) {
  fingerprint_ -= search::fingerprint(FingerprintOf::host, hosts_[place]);
  hosts_[place] = host;
  fingerprint_ += search::fingerprint(FingerprintOf::host, host);
}

void WorldState::set_budgets(Budgets budgets) {
  fingerprint_ -= search::fingerprint(FingerprintOf::budgets, word(budgets_));
  budgets_ = budgets;
  fingerprint_ += search::fingerprint(FingerprintOf::budgets, word(budgets_));
}

void WorldState::add_message(Id message, std::size_t max_copies) {
  const auto [first, last] = std::equal_range(messages_.begin(), messages_.end(), message);
  if (static_cast<std::size_t>(last - first) >= max_copies) return;
  messages_.insert(last, message);
  fingerprint_ += search::fingerprint(FingerprintOf::message, message);
}

void WorldState::remove_message(Id message) {
  const auto found = std::lower_bound(messages_.begin(), messages_.end(), message);
  OCTET_CHECK(found != messages_.end() && *found == message, "what arrives was in flight");
  messages_.erase(found);
  fingerprint_ -= search::fingerprint(FingerprintOf::message, message);
}

void Frontier::push(Id number, const WorldState& state) {
  words_.push_back(number);
  words_.push_back(static_cast<Id>(state.hosts().size()));
  words_.push_back(static_cast<Id>(state.messages().size()));
  words_.push_back(word(state.budgets()));
  words_.insert(words_.end(), state.hosts().begin(), state.hosts().end());
  words_.insert(words_.end(), state.messages().begin(), state.messages().end());
}

Id Frontier::pop(WorldState& into) {
  const Id number = pop_word();
  const Id host_count = pop_word();
  const Id message_count = pop_word();
  const Budgets budgets = budgets_of(pop_word());
  std::vector<Id> hosts(host_count);
  std::generate(hosts.begin(), hosts.end(), [&] { return pop_word(); });
  into = WorldState(std::move(hosts), budgets);
  for (Id i = 0; i < message_count; ++i) into.add_message(pop_word(), message_count);
  return number;
}

Id Frontier::pop_word() {
  const Id word = words_.front();
  words_.pop_front();
  return word;
}

}  // namespace octet::search
