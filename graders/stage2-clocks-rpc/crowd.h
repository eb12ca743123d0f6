#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "runtime/sim/world.h"
#include "stage2-clocks-rpc/api/gossip.h"

namespace octet::gossip::rumour {

/// Processes among which a rumour spreads, with what each has heard and sent.
class Crowd {
 public:
  struct Options {
    std::size_t size = 2;
    std::size_t fanout = 2;
  };

  Crowd(sim::World& world, const Options& options);

  NodeId id(std::size_t index) const { return config_.members.at(index); }
  std::size_t size() const { return config_.members.size(); }

  void tell(NodeId id, const std::string& rumour);

  /// At most 10 (2 + log2 n), for everybody to hear: three times what our solution needs in all but
  /// one of 10^6 runs. After the last Tell so many until there is silence for ever.
  std::int64_t rounds_to_hear() const;
  static constexpr std::int64_t rounds_to_silence = 200;

  /// Runs until everybody has heard it; fails the run when that takes more rounds than it may.
  void expect_heard_by_all(const std::string& rumour);
  /// Runs for two rounds: in the first after a Tell, this process sends to so many different ones.
  void expect_a_full_round(NodeId id);

  /// By now so many processes have heard it, beside the one where it began.
  void expect_on_its_way(const std::string& rumour, std::size_t others);

  /// Nobody has heard a rumour twice, or one that nobody told.
  void expect_heard_once() const;
  /// No process sends anything from now on.
  void expect_silence();
  /// In a time as long as a round nobody sends more than two rounds' messages and its answers, and
  /// nobody sends to itself.
  void expect_fanout() const;

  static constexpr Duration round = std::chrono::milliseconds(100);

 private:
  struct Message {
    NodeId from;
    NodeId to;
    Duration at;
  };

  bool has_heard(NodeId id, const std::string& rumour) const;
  std::size_t count_who_heard(const std::string& rumour) const;
  void expect_fanout(NodeId id) const;

  sim::World& world_;
  Config config_;
  std::vector<std::string> told_;
  std::size_t sent_before_ = 0;  // the last Tell
  std::map<NodeId, std::map<std::string, int>> heard_;
  std::shared_ptr<std::vector<Message>> sent_ = std::make_shared<std::vector<Message>>();
};

}  // namespace octet::gossip::rumour
