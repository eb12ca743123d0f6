#include "graders/stage2-clocks-rpc/execution.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace octet::grading {
namespace {

using Kind = Event::Kind;

constexpr std::int64_t start_us = 1'700'000'000'000'000;

struct InFlight {
  int message;
  NodeId to;
};

/// An execution as it grows.
class Growing {
 public:
  Growing(Random& random, Shape shape) : random_(random) {
    std::uint32_t id = 0;
    for (std::size_t i = 0; i < shape.processes; ++i) {
      id += 1 + static_cast<std::uint32_t>(random_.below(1000));
      processes_.push_back(id);
      skews_.push_back(static_cast<std::int64_t>(random_.below(max_skew_us)));
    }
  }

  /// A receive when it can be one, three times out of five.
  void step() {
    now_us_ += static_cast<std::int64_t>(random_.below(4) == 0 ? random_.below(300) : 0);
    if (!in_flight_.empty() && random_.below(5) < 3) return receive();
    const std::size_t process = random_.below(processes_.size());
    const bool sends = processes_.size() > 1 && random_.below(4) > 0;
    if (!sends) return add(process, Kind::local, 0);
    add(process, Kind::send, ++messages_);
    if (random_.below(8) == 0) return;  // lost
    const std::size_t distance = 1 + random_.below(processes_.size() - 1);
    in_flight_.push_back({messages_, processes_[(process + distance) % processes_.size()]});
  }

  Execution take() { return std::move(execution_); }

 private:
  void receive() {
    const auto chosen =
        in_flight_.begin() + static_cast<std::ptrdiff_t>(random_.below(in_flight_.size()));
    const auto to = std::ranges::find(processes_, chosen->to) - processes_.begin();
    add(static_cast<std::size_t>(to), Kind::receive, chosen->message);
    if (random_.below(8) > 0) in_flight_.erase(chosen);  // otherwise it comes again
  }

  void add(std::size_t process, Kind kind, int message) {
    execution_.push_back({processes_[process], kind, message, now_us_ + skews_[process]});
  }

  Random& random_;
  std::vector<NodeId> processes_;
  std::vector<std::int64_t> skews_;
  std::int64_t now_us_ = start_us;
  std::vector<InFlight> in_flight_;
  int messages_ = 0;
  Execution execution_;
};

/// For each event those that follow it at once: the next of its process, and the receives of what
/// it sends.
std::vector<std::vector<std::size_t>> successors(const Execution& execution) {
  std::vector<std::vector<std::size_t>> next(execution.size());
  std::map<NodeId, std::size_t> last;
  std::map<int, std::size_t> sends;
  for (std::size_t i = 0; i < execution.size(); ++i) {
    const Event& event = execution[i];
    if (const auto before = last.find(event.process); before != last.end()) {
      next[before->second].push_back(i);
    }
    last[event.process] = i;
    if (event.kind == Kind::send) sends[event.message] = i;
    if (event.kind == Kind::receive) next[sends.at(event.message)].push_back(i);
  }
  return next;
}

}  // namespace

Execution random_execution(Random& random, Shape shape) {
  Growing growing(random, shape);
  for (std::size_t i = 0; i < shape.events; ++i) growing.step();
  return growing.take();
}

std::string text(const Event& event) {
  switch (event.kind) {
    case Kind::local:
      return fmt::format("process {} takes a step", event.process.value);
    case Kind::send:
      return fmt::format("process {} sends m{}", event.process.value, event.message);
    case Kind::receive:
      return fmt::format("process {} receives m{}", event.process.value, event.message);
  }
  return {};
}

HappenedBefore::HappenedBefore(const Execution& execution)
    : reached_(execution.size(), std::vector<bool>(execution.size())) {
  const auto next = successors(execution);
  for (std::size_t from = 0; from < execution.size(); ++from) {
    std::vector<std::size_t> open = next[from];
    while (!open.empty()) {
      const std::size_t event = open.back();
      open.pop_back();
      if (reached_[from][event]) continue;
      reached_[from][event] = true;
      open.insert(open.end(), next[event].begin(), next[event].end());
    }
  }
}

bool HappenedBefore::concurrent(std::size_t one, std::size_t other) const {
  return one != other && !reached_[one][other] && !reached_[other][one];
}

std::size_t HappenedBefore::concurrent_pairs() const {
  std::size_t pairs = 0;
  for (std::size_t i = 0; i < reached_.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) pairs += concurrent(i, j) ? 1 : 0;
  }
  return pairs;
}

std::size_t HappenedBefore::longest_chain() const {
  std::vector<std::size_t> chain_to(reached_.size(), 1);
  std::size_t longest = 0;
  for (std::size_t i = 0; i < reached_.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (reached_[j][i]) chain_to[i] = std::max(chain_to[i], chain_to[j] + 1);
    }
    longest = std::max(longest, chain_to[i]);
  }
  return longest;
}

}  // namespace octet::grading
