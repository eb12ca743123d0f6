#include "graders/stage2-clocks-rpc/crowd.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <optional>
#include <set>

#include "graders/dsl/graded_test.h"
#include "stage2-clocks-rpc/api/solution.h"

namespace octet::gossip::rumour {
namespace {

std::string shown(const std::string& rumour) {
  return rumour.size() > 40 ? fmt::format("a rumour of {} bytes", rumour.size())
                            : fmt::format("\"{}\"", rumour);
}

}  // namespace

Crowd::Crowd(sim::World& world, const Options& options) : world_(world) {
  config_.fanout = options.fanout;
  config_.round = round;
  for (std::size_t i = 0; i < options.size; ++i) {
    config_.members.push_back(static_cast<std::uint32_t>(7 * i * (options.size + 1) % 997 + 2));
  }
  world.drop([&world, sent = sent_](const sim::Envelope& message) {
    sent->push_back({message.from, message.to, world.now()});
    return false;  // it only listens
  });
  for (const NodeId id : config_.members) {
    world.add(id, [config = config_] { return make_rumour(config); });
    world.listen<Output>(
        id, [this, id](const Output& output) { ++heard_[id][std::get<Heard>(output).rumour]; });
  }
}

void Crowd::tell(NodeId id, const std::string& rumour) {
  told_.push_back(rumour);
  sent_before_ = sent_->size();
  world_.input(id, Input(Tell{rumour}));
}

std::int64_t Crowd::rounds_to_hear() const {
  return 10 * static_cast<std::int64_t>(std::bit_width(size()) + 1);
}

bool Crowd::has_heard(NodeId id, const std::string& rumour) const {
  const auto by = heard_.find(id);
  return by != heard_.end() && by->second.contains(rumour);
}

std::size_t Crowd::count_who_heard(const std::string& rumour) const {
  return static_cast<std::size_t>(
      std::ranges::count_if(config_.members, [&](NodeId id) { return has_heard(id, rumour); }));
}

void Crowd::expect_heard_by_all(const std::string& rumour) {
  const auto all_heard = [&] { return count_who_heard(rumour) == size(); };
  if (world_.run_until(all_heard, rounds_to_hear() * round)) return;
  world_.fail("everybody hears",
              fmt::format("after {} rounds {} of {} processes have heard {} (G1)", rounds_to_hear(),
                          count_who_heard(rumour), size(), shown(rumour)));
}

void Crowd::expect_a_full_round(NodeId id) {
  world_.run_for(2 * round);
  std::optional<Duration> begin;
  std::set<NodeId> reached;
  for (std::size_t i = sent_before_; i < sent_->size(); ++i) {
    const Message& message = sent_->at(i);
    if (message.from != id) continue;
    if (!begin) begin = message.at;
    if (message.at < *begin + round) reached.insert(message.to);
  }
  const std::size_t expected = std::min(config_.fanout, size() - 1);
  if (reached.size() >= expected) return;
  world_.fail("a round reaches as many as the fanout",
              fmt::format("in its first round process {} sends to {} different members, with a "
                          "fanout of {} (G4)",
                          id.value, reached.size(), config_.fanout));
}

void Crowd::expect_on_its_way(const std::string& rumour, std::size_t others) {
  if (count_who_heard(rumour) > others) return;
  world_.fail("a rumour does not wait",
              fmt::format("{} of {} processes have heard {}, many rounds after its Tell; later "
                          "ones must not hold it up (G4)",
                          count_who_heard(rumour), size(), shown(rumour)));
}

void Crowd::expect_heard_once() const {
  for (const auto& [id, rumours] : heard_) {
    for (const auto& [rumour, times] : rumours) {
      if (std::ranges::count(told_, rumour) == 0) {
        world_.fail("a rumour was told",
                    fmt::format("process {} hears {}, which nobody told", id.value, shown(rumour)));
      }
      if (times > 1) {
        world_.fail("once each", fmt::format("process {} tells its application {} times of {}",
                                             id.value, times, shown(rumour)));
      }
    }
  }
}

void Crowd::expect_silence() {
  const std::size_t before = sent_->size();
  if (before == 0 && size() > 1) world_.fail("there was traffic", "nobody has sent a message");
  world_.run_for(20 * round);
  if (sent_->size() == before) return;
  world_.fail("traffic stops",
              fmt::format("{} messages in 20 rounds, long after everybody has heard (G2)",
                          sent_->size() - before));
}

void Crowd::expect_fanout() const {
  for (const Message& message : *sent_) {
    if (message.from != message.to) continue;
    world_.fail("not to itself",
                fmt::format("process {} sends to itself (G4)", message.from.value));
    return;
  }
  for (const NodeId id : config_.members) expect_fanout(id);
}

void Crowd::expect_fanout(NodeId id) const {
  const auto count = [&](NodeId Message::*end, Duration after, Duration until) {
    return std::ranges::count_if(*sent_, [&](const Message& message) {
      return message.*end == id && message.at > after && message.at <= until;
    });
  };
  for (const Message& message : *sent_) {
    if (message.from != id) continue;
    const auto sent = count(&Message::from, message.at - round, message.at);
    const auto received = count(&Message::to, message.at - 2 * round, message.at);
    const auto limit = 2 * static_cast<std::int64_t>(config_.fanout) + received;
    if (sent <= limit) continue;
    world_.fail("no more than the fanout",
                fmt::format("process {} sends {} messages within a round. With a fanout of {} two "
                            "rounds may be {}, and it has received {} (G4)",
                            id.value, sent, config_.fanout, limit - received, received));
    return;
  }
}

}  // namespace octet::gossip::rumour
