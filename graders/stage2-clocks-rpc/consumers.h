#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "runtime/sim/world.h"
#include "stage2-clocks-rpc/api/queue.h"

namespace octet::queue {

/// The applications of one queue, with what they were told. Every call lets the queue answer.
class Consumers {
 public:
  Consumers(sim::World& world, std::uint32_t most_deliveries);

  /// True when it was accepted.
  bool enqueue(const std::string& body);
  /// Nothing when the queue says that nothing is visible, or is down.
  std::optional<Delivery> receive();
  void acknowledge(std::uint64_t receipt);

  /// Receives, and says what is wrong when that is not what comes.
  Delivery expect_delivery(const std::string& body, const std::string& why);
  void expect_nothing(const std::string& why);
  void expect_dead(const std::vector<std::string>& bodies, const std::string& why);

  /// The disk has what was written until now; then the process is gone and comes back.
  void restart();

  const std::vector<std::string>& dead() const { return dead_; }
  std::uint64_t answers() const { return answers_; }

  static constexpr NodeId id = 9;
  static constexpr Duration visible_after = std::chrono::seconds(10);

 private:
  void hear(const Accepted& accepted) { accepted_.insert(accepted.tag); }
  void hear(const Delivery& delivery);
  void hear(const Empty& empty);
  void hear(const Dead& dead) { dead_.push_back(dead.body); }
  void answer(std::uint64_t tag, std::optional<Delivery> delivery);
  void ask(const Input& input);

  sim::World& world_;
  std::uint64_t last_tag_ = 0;
  std::uint64_t answers_ = 0;
  std::set<std::uint64_t> accepted_;
  std::set<std::uint64_t> receipts_;
  std::map<std::uint64_t, std::optional<Delivery>> answered_;
  std::vector<std::string> dead_;
};

}  // namespace octet::queue
