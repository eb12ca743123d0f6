#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <variant>

#include "runtime/node.h"

/// Asks until it is answered. The smallest protocol that has something to say about lost messages.
namespace octet::examples::ping {

struct Ping {
  std::uint64_t number = 0;
};

struct Pong {
  std::uint64_t number = 0;  // of the ping
};

struct RetryDue {
  std::uint64_t number = 0;
};

struct Ask {
  NodeId whom;
};

struct Answered {
  std::uint64_t number = 0;
};

struct Protocol : ProtocolDefaults {
  using Message = std::variant<Ping, Pong>;
  using Timer = std::variant<RetryDue>;
  using Input = std::variant<Ask>;
  using Output = std::variant<Answered>;
};
using Context = octet::Context<Protocol>;

/// Answers every ping, and asks when it is told to: again and again, until the answer comes. Every
/// Ask has one Answered, however often its ping or its pong is lost or comes twice.
class Pinger {
 public:
  using Protocol = ping::Protocol;

  struct View {
    std::uint64_t asked = 0;
    std::uint64_t answered = 0;
  };

  void start(std::span<const Protocol::Record> recovered, Context& ctx);
  void on(const Ask& ask, Context& ctx);
  void on(const Ping& ping, NodeId from, Context& ctx);
  void on(const Pong& pong, NodeId from, Context& ctx);
  void on(const RetryDue& retry, Context& ctx);

  View view() const { return {.asked = asked_, .answered = asked_ - waiting_.size()}; }
  bool operator==(const Pinger&) const = default;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(asked_, waiting_);
  }

 private:
  void send_ping(std::uint64_t number, Context& ctx);

  std::uint64_t asked_ = 0;
  std::map<std::uint64_t, NodeId> waiting_;  // number of the ping, and who shall answer
};

}  // namespace octet::examples::ping
