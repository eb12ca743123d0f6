#include "bench/stage3/staleness.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <optional>
#include <stdexcept>
#include <string>
#include <variant>

#include "bench/samples.h"
#include "runtime/sim/world.h"
#include "stage3-partitioning/api/solution.h"

namespace octet::bench {
namespace {

using namespace std::chrono_literals;

constexpr std::array<Duration, 9> read_after = {0ms, 1ms, 2ms, 5ms, 10ms, 20ms, 30ms, 40ms, 50ms};

double ms(Duration time) {
  return std::chrono::duration<double, std::milli>(time).count();
}

store::Config config_of(const Quorums& quorums) {
  return {.founding = {.epoch = store::Epoch{1}, .copies = copies, .owners = {1, 2, 3}},
          .reads = quorums.reads,
          .writes = quorums.writes,
          .repair = 1h};
}

/// The store, and an application that waits for each of its requests.
class Trials {
 public:
  Trials(const Quorums& quorums, std::uint64_t seed)
      : config_(config_of(quorums)), world_(seed, {.network = network_with_a_tail()}) {
    for (const NodeId node : config_.founding.owners) {
      world_.add(node, [config = config_] { return store::make_store_node(config); });
      world_.listen<store::Output>(node, [this](const store::Output& end) { end_ = end; });
    }
  }

  /// Whether a read so long after the write is acknowledged does not show it.
  bool misses(Duration after) {
    const std::string key = fmt::format("key {}", ++number_);
    const auto [writer, reader] = two_nodes();
    ask<store::Stored>(writer, store::Put{.number = number_, .key = key, .value = "new"}, writes_);
    world_.run_for(after);
    const auto got = ask<store::Got>(reader, store::Get{.number = number_, .key = key}, reads_);
    world_.run_for(config_.patience);  // late messages are no part of the next trial
    return got.values.empty();
  }

  const std::vector<double>& writes_ms() const { return writes_; }
  const std::vector<double>& reads_ms() const { return reads_; }

 private:
  /// All pairs, in turn.
  std::pair<NodeId, NodeId> two_nodes() const {
    const std::vector<NodeId>& all = config_.founding.owners;
    const std::size_t writer = number_ % copies;
    const std::size_t step = 1 + number_ / copies % (copies - 1);
    return {all[writer], all[(writer + step) % copies]};
  }

  template <class End, class Request>
  End ask(NodeId node, const Request& request, std::vector<double>& latencies_ms) {
    const Duration begin = world_.now();
    end_.reset();
    world_.input(node, store::Input(request));
    world_.run_until([&] { return end_.has_value(); }, 2 * config_.patience);
    if (!world_.failure().empty()) throw std::runtime_error(world_.failure());
    if (!end_ || !std::holds_alternative<End>(*end_)) {
      throw std::runtime_error("a request of the simulated store fails, although no node does");
    }
    latencies_ms.push_back(ms(world_.now() - begin));
    return std::get<End>(*end_);
  }

  const store::Config config_;
  sim::World world_;
  std::uint64_t number_ = 0;
  std::optional<store::Output> end_;  // of the request under way
  std::vector<double> writes_;
  std::vector<double> reads_;
};

Latency summary_of(std::vector<double> latencies_ms) {
  std::ranges::sort(latencies_ms);
  return {percentile(latencies_ms, 0.5), percentile(latencies_ms, 0.99)};
}

}  // namespace

sim::NetworkOptions network_with_a_tail() {
  return {.min_latency = 1ms, .max_latency = 3ms, .long_delay = 100'000, .longest_delay = 40ms};
}

Staleness simulate_staleness(const Quorums& quorums, std::size_t trials, std::uint64_t seed) {
  Staleness result{.quorums = quorums, .points = {}, .writes = {}, .reads = {}};
  std::vector<double> writes_ms;
  std::vector<double> reads_ms;
  for (const Duration after : read_after) {
    Trials all(quorums, mix(seed, std::to_string(after.count())));
    std::size_t missed = 0;
    for (std::size_t i = 0; i < trials; ++i) missed += all.misses(after) ? 1 : 0;
    result.points.push_back({after, static_cast<double>(missed) / static_cast<double>(trials)});
    writes_ms.insert(writes_ms.end(), all.writes_ms().begin(), all.writes_ms().end());
    reads_ms.insert(reads_ms.end(), all.reads_ms().begin(), all.reads_ms().end());
  }
  result.writes = summary_of(std::move(writes_ms));
  result.reads = summary_of(std::move(reads_ms));
  return result;
}

}  // namespace octet::bench
