#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "graders/dsl/graded_test.h"
#include "graders/stage1-sockets/linearizable_register.h"
#include "graders/stage1-sockets/register_pair.h"

namespace octet::sockets {
namespace {

using grading::RegisterOperation;
using grading::RegisterPair;
using grading::Side;
using grading::tell;
using Kind = RegisterOperation::Kind;

/// The choices of one run after another, until every combination had its turn: an odometer whose
/// digits appear as the run asks for them.
class EveryChoice {
 public:
  /// One of 0 .. options - 1.
  std::size_t choose(std::size_t options) {
    if (place_ == digits_.size()) digits_.push_back({0, options});
    return digits_[place_++].value;
  }

  /// The same choices again.
  void rewind() { place_ = 0; }

  /// On to the next run; false when there is none.
  bool advance() {
    rewind();
    while (!digits_.empty() && ++digits_.back().value == digits_.back().options) digits_.pop_back();
    return !digits_.empty();
  }

 private:
  struct Digit {
    std::size_t value;
    std::size_t options;
  };
  std::vector<Digit> digits_;
  std::size_t place_ = 0;
};

// Of one scenario. A design with more messages has more orders; then the first ones are tried.
constexpr int most_runs = 10'000;

struct Planned {
  Side at;
  Kind kind;
};

struct Scenario {
  std::string name;
  std::vector<Planned> together;  // requests that are under way at the same time
};

/// One run: what clients asked and heard, in steps.
class Run {
 public:
  explicit Run(RegisterPair::Options options) : pair_(options) {}

  RegisterPair& pair() { return pair_; }
  const std::vector<RegisterOperation>& history() const { return history_; }

  void begin(Planned planned) {
    const std::string value = "w" + std::to_string(history_.size() + 1);
    history_.push_back({.kind = planned.kind, .began = ++step_});
    const bool is_read = planned.kind == Kind::read;
    if (!is_read) history_.back().value = value;
    const RequestId request =
        is_read ? pair_.begin_read(planned.at) : pair_.begin_write(planned.at, value);
    requests_.emplace_back(planned.at, request);
    note_answers();
  }

  /// A request that nothing disturbs.
  void whole(Planned planned) {
    begin(planned);
    while (!history_.back().answered && !pair_.in_flight().empty()) deliver(0);
    if (!history_.back().answered) silence(history_.size() - 1);
  }

  void deliver(std::size_t index) {
    pair_.deliver(index);
    ++step_;
    note_answers();
  }

  void silence(std::size_t operation) {
    pair_.report_silence(requests_[operation].first, requests_[operation].second);
    ++step_;
    note_answers();
  }

  std::vector<std::size_t> unanswered() const {
    std::vector<std::size_t> open;
    for (std::size_t i = 0; i < history_.size(); ++i) {
      if (!history_[i].answered) open.push_back(i);
    }
    return open;
  }

 private:
  void note_answers() {
    for (const std::size_t i : unanswered()) {
      const auto answer = pair_.answer(requests_[i].first, requests_[i].second);
      if (!answer) continue;
      history_[i].answered = ++step_;
      history_[i].available = answer->available;
      if (history_[i].kind == Kind::read) history_[i].value = answer->value;
    }
  }

  RegisterPair pair_;
  std::vector<RegisterOperation> history_;
  std::vector<std::pair<Side, RequestId>> requests_;
  int step_ = 0;
};

/// Any message may be the next to arrive, and the waiting of one request may be over too early.
void interleave(Run& run, EveryChoice& choice) {
  bool all_patient = true;
  for (auto open = run.unanswered(); !open.empty(); open = run.unanswered()) {
    const std::size_t messages = run.pair().in_flight().size();
    const bool may_give_up = all_patient || messages == 0;
    const std::size_t chosen = choice.choose(messages + (may_give_up ? open.size() : 0));
    if (chosen < messages) {
      run.deliver(chosen);
    } else {
      run.silence(open[chosen - messages]);
      all_patient = false;
    }
  }
}

void run_scenario(const Scenario& scenario, Run& run, EveryChoice& choice) {
  run.whole({Side::left, Kind::write});
  for (const Planned planned : scenario.together) run.begin(planned);
  interleave(run, choice);
  // What was late when the last answer came is lost, or arrives before or between the last reads.
  const std::size_t leftovers = run.pair().in_flight().empty() ? 0 : choice.choose(3);
  if (leftovers == 0) run.pair().drop_all();
  if (leftovers == 1) run.pair().deliver_all();
  const Side first = choice.choose(2) == 0 ? Side::left : Side::right;
  for (const Side at : {first, other(first), first}) run.whole({at, Kind::read});
}

std::string text(const std::vector<RegisterOperation>& history) {
  std::string lines;
  for (const RegisterOperation& operation : history) {
    lines += "\n  steps " + std::to_string(operation.began) + " to " +
             std::to_string(operation.answered.value_or(0)) + ": " +
             (operation.kind == Kind::read ? "read" : "write") + " \"" + operation.value + '"' +
             (operation.available ? "" : " (not available)");
  }
  return lines;
}

/// Runs the schedule of `choice` again from its start, this time told in the story.
void tell_run(const Scenario& scenario, RegisterPair::Options options, EveryChoice choice) {
  options.told = true;
  Run run(options);
  choice.rewind();
  run_scenario(scenario, run, choice);
}

bool all_available(const std::vector<RegisterOperation>& history) {
  return std::all_of(history.begin(), history.end(),
                     [](const RegisterOperation& operation) { return operation.available; });
}

/// Returns the number of runs in which all that was asked was answered as available.
int explore(const Scenario& scenario, const RegisterPair::Options& options) {
  EveryChoice choice;
  int runs = 0;
  int available = 0;
  do {
    Run run(options);
    run_scenario(scenario, run, choice);
    ++runs;
    available += all_available(run.history());
    if (linearizable(run.history())) continue;
    tell_run(scenario, options, choice);
    grading::fail(scenario.name + ": no order of these operations, each at one instant, explains " +
                  "what clients heard" + text(run.history()));
  } while (runs < most_runs && choice.advance());
  tell(scenario.name + ": " + std::to_string(runs) + " runs, all linearizable");
  return available;
}

GRADED_TEST(Cap, EveryOrderOfMessagesIsLinearizable, 1,
            "consistency: whatever comes late or never, clients see one register (P1)") {
  const std::vector<Scenario> scenarios = {
      {"a write on each side", {{Side::left, Kind::write}, {Side::right, Kind::write}}},
      {"two writes on one side", {{Side::right, Kind::write}, {Side::right, Kind::write}}},
      {"a write left, a read right", {{Side::left, Kind::write}, {Side::right, Kind::read}}},
      {"a write and a read right", {{Side::right, Kind::write}, {Side::right, Kind::read}}},
  };
  for (const Scenario& scenario : scenarios) {
    for (const auto& [left_votes, right_votes] : {std::pair(1u, 1u), {2u, 1u}, {1u, 2u}}) {
      tell("votes " + std::to_string(left_votes) + " to " + std::to_string(right_votes));
      const int available =
          explore(scenario, {.left_votes = left_votes, .right_votes = right_votes, .told = false});
      EXPECT_GT(available, 0) << scenario.name << ": in no run were all requests answered";
    }
  }
}

}  // namespace
}  // namespace octet::sockets
