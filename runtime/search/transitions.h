#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "runtime/search/catalogue.h"
#include "runtime/search/handler.h"
#include "runtime/search/memo.h"

namespace octet::search {

/// One way for an event to end.
struct Outcome {
  bool crashes() const { return event.kind == Step::Kind::crash || performed != none; }

  Event event;
  Id host = none;       // afterwards
  Range sent = {};      // messages
  Range choices = {};   // what choose() returned
  Id performed = none;  // effects before the node crashed in its handler; none when it did not
  Id failure = none;    // a sentence; nothing else counts then
};

/// What each event does to each host. A node does the same when it is told the same, so a handler
/// runs once for each, and most steps of a search are found here.
class Transitions {
 public:
  Transitions(Catalogue& catalogue, std::size_t max_choices)
      : catalogue_(catalogue), max_choices_(max_choices) {}

  /// Everything that happens to a host without a message: timers, the next input, its crash, its
  /// start.
  Range of_its_own(Id host);

  /// The host is up.
  Range of_delivery(Id host, Id message);

  const Outcome& operator[](Id outcome) const { return outcomes_[outcome]; }
  std::span<const Id> sent(const Outcome& outcome) const { return list(outcome.sent); }
  std::span<const Id> choices(const Outcome& outcome) const { return list(outcome.choices); }
  const std::string& failure(const Outcome& outcome) const { return failures_[outcome.failure]; }

  /// Some handler could end in more ways than it was allowed.
  bool left_choices_out() const { return left_choices_out_; }

 private:
  void add_own(Id host);
  void add_crash(const Host& before);
  void add_every_branch(const Host& before, const Event& event);
  void add_whole(const Host& before, Run& run, Outcome outcome);
  void add_cuts(const Host& before, const Run& run, Outcome outcome);
  void add_failure(Outcome outcome, std::string sentence);

  Range keep(std::span<const Id> words);
  std::span<const Id> list(Range range) const {
    return std::span(lists_).subspan(range.first, range.count);
  }
  Range since(std::size_t first) const;

  Catalogue& catalogue_;
  std::size_t max_choices_;
  bool left_choices_out_ = false;
  std::vector<Outcome> outcomes_;
  std::vector<Id> lists_;
  std::vector<std::string> failures_;
  Memo own_;
  Memo deliveries_;
};

}  // namespace octet::search
