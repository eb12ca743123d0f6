#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <variant>

#include "lamport_clock.h"
#include "stage2-clocks-rpc/api/total_order.h"

namespace octet::total_order {

using clocks::LamportStamp;

/// What a member says goes to all others. With a text it is a multicast; without one it only tells
/// that its sender has come so far.
struct Letter {
  std::uint64_t number = 0;  // among all letters of its sender; the first is 1
  LamportStamp stamp;        // of the event of sending it
  std::optional<std::string> text;
  bool operator==(const Letter&) const = default;
};

struct Protocol : ProtocolDefaults {
  using Message = std::variant<Letter>;
  using Input = total_order::Input;
  using Output = total_order::Output;
};
using Context = octet::Context<Protocol>;

/// One member, after Lamport (1978): multicasts are delivered in the order of their stamps, each as
/// soon as nothing earlier can come any more. The paper wants messages to arrive in the order of
/// sending; a member sees to that by their numbers.
class TotalOrder {
 public:
  using Protocol = total_order::Protocol;

  /// For people who read a story.
  struct View {
    std::size_t undelivered = 0;
    std::size_t held_back = 0;
  };

  explicit TotalOrder(Config config);

  void start(std::span<const Protocol::Record> recovered, Context& ctx);
  void on(const Multicast& multicast, Context& ctx);
  void on(const Letter& letter, NodeId from, Context& ctx);

  View view() const;
  bool operator==(const TotalOrder&) const = default;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(clock_, said_, members_, queue_);
  }

 private:
  struct Earlier {
    bool operator()(const LamportStamp& left, const LamportStamp& right) const {
      return clocks::comes_before(left, right);
    }
  };

  /// What is known of one member.
  struct Member {
    std::uint64_t taken = 0;                    // its letters up to this number
    LamportStamp heard;                         // the stamp of the last of them
    std::map<std::uint64_t, Letter> held_back;  // letters that came before their turn
    bool operator==(const Member&) const = default;
  };

  void say(std::optional<std::string> text, Context& ctx);
  void take(const Letter& letter, NodeId from);
  void deliver(Context& ctx);
  bool is_settled(const LamportStamp& stamp) const;

  Config config_;
  clocks::LamportClock clock_{NodeId()};  // start() says whose it is
  std::uint64_t said_ = 0;                // letters of its own
  std::map<NodeId, Member> members_;
  std::map<LamportStamp, std::string, Earlier> queue_;  // multicasts that are not delivered yet
};

}  // namespace octet::total_order
