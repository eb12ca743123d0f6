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
    std::size_t messages = 0;
    std::size_t out_of_sight = 0;
  };

  explicit MessageQueue(const Config& config) : config_(config) {}

  /// The time of every delivery begins again: nobody knows how long the queue was down.
  void start(std::span<const Protocol::Record> recovered, Context& ctx);
  void on(const Enqueue& enqueue, Context& ctx);
  void on(const Receive& receive, Context& ctx);
  void on(const Acknowledge& acknowledge, Context& ctx);
  void on(const VisibleAgain& timer, Context& ctx);

  View view() const { return {.messages = messages_.size(), .out_of_sight = out_.size()}; }
  bool operator==(const MessageQueue& other) const = default;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(messages_, out_, last_number_, last_receipt_, records_);
  }

 private:
  struct Message {
    std::string body;
    std::uint64_t receipt = 0;  // 0: visible
    std::uint32_t deliveries = 0;
    bool operator==(const Message&) const = default;
  };

  void recover(const Enqueued& enqueued);
  void recover(const Delivered& delivered);
  void recover(const Removed& removed);
  void recover(const LastNumbers& last);
  void hide(std::uint64_t number, std::uint64_t receipt);
  void remove(std::uint64_t number, Context& ctx);
  void write(Protocol::Record record, Context& ctx);
  void write_anew(Context& ctx);

  Config config_;
  std::map<std::uint64_t, Message> messages_;   // by number
  std::map<std::uint64_t, std::uint64_t> out_;  // receipt and number of what is out of sight
  std::uint64_t last_number_ = 0;
  std::uint64_t last_receipt_ = 0;
  std::size_t records_ = 0;  // in the log
};

}  // namespace octet::queue
