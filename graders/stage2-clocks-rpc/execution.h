#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "graders/dsl/random.h"
#include "runtime/node.h"

/// What some processes did, and what happened before what. Nothing here knows a clock.
namespace octet::grading {

struct Event {
  enum class Kind { local, send, receive };
  NodeId process;
  Kind kind = Kind::local;
  int message = 0;            // which one is sent or received
  std::int64_t clock_us = 0;  // what the physical clock of the process shows
};

/// Events in an order in which they can have happened: a message is sent before it is received. It
/// may be lost, come late, or come twice.
using Execution = std::vector<Event>;

/// How many of each.
struct Shape {
  std::size_t processes = 3;
  std::size_t events = 20;
};

/// Processes whose ids are not contiguous; their physical clocks differ by up to `max_skew_us`.
inline constexpr std::int64_t max_skew_us = 500;
Execution random_execution(Random& random, Shape shape);

/// "process 7 receives m3"
std::string text(const Event& event);

/// Lamport's relation, found by walking along the events of each process and along the messages.
class HappenedBefore {
 public:
  explicit HappenedBefore(const Execution& execution);

  bool operator()(std::size_t first, std::size_t second) const { return reached_[first][second]; }
  bool concurrent(std::size_t one, std::size_t other) const;

  std::size_t concurrent_pairs() const;
  std::size_t longest_chain() const;  // events of which each happened before the next

 private:
  std::vector<std::vector<bool>> reached_;
};

/// Lets clocks stamp the events of an execution: make(process) gives the clock of a process, and
/// stamp(clock, event, message) the event's stamp; `message` is null unless it is a receive.
template <class Stamp, class Make, class StampEvent>
std::vector<Stamp> stamps_of(const Execution& execution, Make make, StampEvent stamp) {
  std::map<NodeId, decltype(make(NodeId()))> clocks;
  std::map<int, Stamp> sent;
  std::vector<Stamp> stamps;
  for (const Event& event : execution) {
    auto& clock = clocks[event.process];
    if (!clock) clock = make(event.process);
    const bool receives = event.kind == Event::Kind::receive;
    stamps.push_back(stamp(*clock, event, receives ? &sent.at(event.message) : nullptr));
    if (event.kind == Event::Kind::send) sent.emplace(event.message, stamps.back());
  }
  return stamps;
}

}  // namespace octet::grading
