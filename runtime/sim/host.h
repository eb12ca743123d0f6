#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "runtime/erase/any_node.h"
#include "runtime/random.h"
#include "runtime/sim/clock.h"
#include "runtime/sim/disk.h"

namespace octet::sim {

using Factory = std::function<std::unique_ptr<AnyNode>()>;

/// One simulated machine: a node, and what outlives it.
class Host final : public Environment {
 public:
  Host(NodeId id, Factory factory, std::uint64_t seed, const Duration& world_now)
      : make(std::move(factory)), id_(id), choices_(seed, "choices"), world_now_(world_now) {}

  NodeId id() const override { return id_; }
  Time now() const override { return clock.now(world_now_); }
  WallTime wall_clock() const override { return clock.wall(world_now_); }
  std::uint64_t choose(std::uint64_t options) override {
    return choices_.at(std::uint64_t{id_.value} << 32 | ++chosen_) % options;
  }

  bool is_up() const { return node != nullptr; }

  /// Sets the timer, or sets it anew. Returns the number that its firing has to show.
  std::uint64_t set_timer(const Bytes& timer) { return timers[timer] = ++last_timer_; }

  /// Forgets the timer if that number is its last; otherwise it was replaced, cancelled, or fired.
  bool take_timer(const Bytes& timer, std::uint64_t number) {
    const auto set = timers.find(timer);
    if (set == timers.end() || set->second != number) return false;
    timers.erase(set);
    return true;
  }

  /// A send or an emit, which waits until the disk has the writes before it.
  struct Waiting {
    AnyEffect effect;
    std::uint64_t write;
    std::uint64_t cause;
  };

  /// An event that came during a pause.
  struct Missed {
    std::function<void()> happen;
    NodeId from = {};           // of a message
    std::uint64_t message = 0;  // its id; 0 when it is none
  };

  Factory make;
  std::unique_ptr<AnyNode> node;  // none while it is down
  std::uint64_t incarnation = 0;  // how often it was started
  std::uint64_t handled = 0;      // how many handlers it has run
  std::map<Bytes, std::uint64_t> timers;
  std::deque<Waiting> waiting;
  Disk disk;
  Duration disk_latency{};
  std::uint64_t batch_upto = 0;  // writes that the disk is busy with; those after it wait
  Clock clock;
  bool is_paused = false;
  std::vector<Missed> missed;
  std::optional<std::size_t> crash_after_effects;            // in the next handler
  std::vector<Bytes> outputs;                                // what it emitted, in all its lives
  std::vector<std::function<void(const Bytes&)>> listeners;  // to its outputs

 private:
  NodeId id_;
  Draws choices_;
  std::uint64_t chosen_ = 0;
  std::uint64_t last_timer_ = 0;
  const Duration& world_now_;
};

}  // namespace octet::sim
