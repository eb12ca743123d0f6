#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <span>
#include <utility>
#include <variant>
#include <vector>

namespace octet {

/// The contract between a protocol that you write and the worlds that it runs in: the simulator,
/// the search, and real processes over TCP. All of them keep the rules of this page.
///
/// A protocol is lists of plain structs, a node a class with one `on` for each of them:
///
///     struct Protocol : octet::ProtocolDefaults {
///       using Message = std::variant<Ping, Pong>;
///       using Timer = std::variant<RetryDue>;
///     };
///     using Context = octet::Context<Protocol>;
///
///     class Pinger {
///      public:
///       using Protocol = ping::Protocol;
///       void start(std::span<const Protocol::Record> recovered, Context& ctx);
///       void on(const Pong& pong, NodeId from, Context& ctx);     // messages have a sender
///       void on(const RetryDue& timer, Context& ctx);             // timers and inputs have none
///       View view() const;                                        // what tests look at
///       bool operator==(const Pinger&) const = default;
///       template <class Archive> void serialize(Archive& archive) { archive(next_, waiting_); }
///     };
///
/// A node is a value: it can be copied, and a copy that is told the same does the same. It has no
/// clock, no thread, no socket and no random numbers of its own.

/// Who a node is. Ids need not be contiguous.
struct NodeId {
  constexpr NodeId() = default;
  constexpr NodeId(std::uint32_t number) : value(number) {}  // also in partition({{1, 2}, {3}})
  auto operator<=>(const NodeId&) const = default;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(value);
  }

  std::uint32_t value = 0;
};

using Duration = std::chrono::nanoseconds;

/// A node's own clock: it never goes back, and is not comparable with another node's.
struct NodeClock {
  using duration = Duration;
  using rep = duration::rep;
  using period = duration::period;
  using time_point = std::chrono::time_point<NodeClock>;
  static constexpr bool is_steady = true;
};
using Time = NodeClock::time_point;

/// What the clock on the wall shows. It may be wrong, and jump either way.
using WallTime = std::chrono::sys_time<Duration>;

/// Stands in an empty list.
struct Never {
  Never() = delete;
  bool operator==(const Never&) const = default;
};

/// The lists that a protocol has when it does not say otherwise.
struct ProtocolDefaults {
  using Message = std::variant<Never>;  // from node to node
  using Timer = std::variant<Never>;    // to oneself, later
  using Input = std::variant<Never>;    // what the application asks for
  using Output = std::variant<Never>;   // what it is told
  using Record = std::variant<Never>;   // on disk; what start() gets after a crash
};

/// What a world tells a node while a handler runs.
class Environment {
 public:
  virtual ~Environment() = default;
  virtual NodeId id() const = 0;
  virtual Time now() const = 0;
  virtual WallTime wall_clock() const = 0;
  virtual std::uint64_t choose(std::uint64_t options) = 0;
};

/// What a handler may ask of its world, in the order in which it asks.
template <class Protocol>
struct Effects {
  struct Send {
    NodeId to;
    typename Protocol::Message message;
  };
  struct SetTimer {
    typename Protocol::Timer timer;
    Duration min;
    Duration max;
  };
  struct CancelTimer {
    typename Protocol::Timer timer;
  };
  struct Persist {
    typename Protocol::Record record;
  };
  struct Compact {
    std::vector<typename Protocol::Record> records;
    std::vector<std::size_t> within = {};  // of these alternatives only; for nodes inside nodes
  };
  struct Emit {
    typename Protocol::Output output;
  };
  using Any = std::variant<Send, SetTimer, CancelTimer, Persist, Compact, Emit>;
};

/// What a handler sees of its world. Every call but the first four is an effect: it is written
/// down, and the world does it after the handler has returned, in order. A crash may fall between
/// any two.
template <class Protocol>
class Context {
 public:
  using Effect = typename Effects<Protocol>::Any;

  /// `memory` is of an earlier context, to be used again.
  explicit Context(Environment& environment, std::vector<Effect> memory = {})
      : environment_(environment), effects_(std::move(memory)) {
    effects_.clear();
  }

  NodeId id() const { return environment_.id(); }

  /// The node's own clock. It may run a little fast or slow.
  Time now() const { return environment_.now(); }

  WallTime wall_clock() const { return environment_.wall_clock(); }

  /// One of 0 ... options - 1, as the world likes; options > 0. The only source of randomness.
  std::uint64_t choose(std::uint64_t options) { return environment_.choose(options); }

  /// The message may be lost, come twice, late, or after a later one. It leaves only when every
  /// record that was persisted before it is durable.
  void send(NodeId to, typename Protocol::Message message) {
    add(typename Effects<Protocol>::Send{to, std::move(message)});
  }

  /// The timer fires once, between min and max from now, at a time that the world picks. A timer is
  /// known by its value: setting an equal one replaces it, and what is replaced never fires.
  void set_timer(typename Protocol::Timer timer, Duration min, Duration max) {
    add(typename Effects<Protocol>::SetTimer{std::move(timer), min, max});
  }
  void set_timer(typename Protocol::Timer timer, Duration after) {
    set_timer(std::move(timer), after, after);
  }

  /// The timer does not fire. Nothing happens when it is not set.
  void cancel_timer(typename Protocol::Timer timer) {
    add(typename Effects<Protocol>::CancelTimer{std::move(timer)});
  }

  /// Appends to what start() gets after a crash. It is durable some time later, records in order.
  void persist(typename Protocol::Record record) {
    add(typename Effects<Protocol>::Persist{std::move(record)});
  }

  /// Atomically replaces everything that was persisted before. Durable some time later.
  void compact(std::vector<typename Protocol::Record> records) {
    add(typename Effects<Protocol>::Compact{std::move(records)});
  }

  /// Tells the application, under the same condition as a send.
  void emit(typename Protocol::Output output) {
    add(typename Effects<Protocol>::Emit{std::move(output)});
  }

  /// For worlds, for nodes that contain others, and for tests of a single handler.
  Environment& environment() { return environment_; }
  std::vector<Effect>& effects() { return effects_; }

 private:
  template <class Kind>
  void add(Kind effect) {
    effects_.emplace_back(std::in_place_type<Kind>, std::move(effect));
  }

  Environment& environment_;
  std::vector<Effect> effects_;
};

}  // namespace octet
