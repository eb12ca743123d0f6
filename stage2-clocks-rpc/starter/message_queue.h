#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <variant>

#include "stage2-clocks-rpc/api/queue.h"

/// A queue that delivers at least once. What it must not forget is a log on disk, which is written
/// anew when it has grown long.
namespace octet::queue {

/// A delivery that nobody has acknowledged in time.
struct VisibleAgain {
  std::uint64_t receipt = 0;
};

struct Enqueued {
  std::uint64_t number = 0;  // of the message: the order of acceptance
  std::string body;
};

struct Delivered {
  std::uint64_t number = 0;
  std::uint64_t receipt = 0;  // 0: visible again
  std::uint32_t deliveries = 0;
};

/// Acknowledged, or dead.
struct Removed {
  std::uint64_t number = 0;
};

/// Stands first in a log that was written anew: the messages that had these may be gone.
struct LastNumbers {
  std::uint64_t number = 0;
  std::uint64_t receipt = 0;
};

/// The lists are a proposal, but for Input and Output.
struct Protocol : ProtocolDefaults {
  using Timer = std::variant<VisibleAgain>;
  using Input = queue::Input;
  using Output = queue::Output;
  using Record = std::variant<Enqueued, Delivered, Removed, LastNumbers>;
};
using Context = octet::Context<Protocol>;

class MessageQueue {
 public:
  using Protocol = queue::Protocol;

  struct View {
    std::uint64_t last_receipt = 0;
  };

  explicit MessageQueue(const Config& config) : config_(config) {}

  /// The time of every delivery begins again: nobody knows how long the queue was down.
  void start(std::span<const Protocol::Record> recovered, Context& ctx);
  void on(const Enqueue& enqueue, Context& ctx);
  void on(const Receive& receive, Context& ctx);
  void on(const Acknowledge& acknowledge, Context& ctx);
  void on(const VisibleAgain& timer, Context& ctx);

  View view() const { return {.last_receipt = last_receipt_}; }
  bool operator==(const MessageQueue& other) const = default;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(last_receipt_);  // and all that you add
  }

 private:
  Config config_;
  std::uint64_t last_receipt_ = 0;
  // Your members.
};

}  // namespace octet::queue
