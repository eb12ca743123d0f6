#include "runtime/search/moves.h"

#include <utility>

#include "runtime/check.h"

namespace octet::search {
namespace {

using Kind = Step::Kind;

std::uint8_t budget(std::uint32_t most) {
  OCTET_CHECK(most <= 255, "a budget fits into a byte");
  return static_cast<std::uint8_t>(most);
}

class Lister {
 public:
  Lister(const WorldState& state, const Catalogue& catalogue, Transitions& transitions,
         std::vector<Move>& moves)
      : state_(state), catalogue_(catalogue), transitions_(transitions), moves_(moves) {}

  /// Nothing else happens before every node has started, one after the other.
  void list() {
    moves_.clear();
    const auto count = static_cast<Id>(state_.hosts().size());
    for (Id place = 0; place < count; ++place) {
      if (host(place).status == Host::Status::unstarted) return own(place);
    }
    for (Id place = 0; place < count; ++place) own(place);
    Id last = none;
    for (const Id message : state_.messages()) {
      if (std::exchange(last, message) != message) arrival_or_loss(message);
    }
  }

 private:
  const Host& host(Id place) const { return catalogue_.hosts[state_.host(place)]; }

  void own(Id place) { add(transitions_.of_its_own(state_.host(place)), {.place = place}); }

  void arrival_or_loss(Id message) {
    const Id receiver = catalogue_.messages[message].receiver;
    if (host(receiver).is_up()) {
      const Range range = transitions_.of_delivery(state_.host(receiver), message);
      add(range, {.place = receiver, .message = message});
      if (state_.budgets().duplicates > 0) {
        add(range, {.place = receiver, .message = message, .comes_again = true});
      }
    }
    if (state_.budgets().losses > 0) moves_.push_back({.place = receiver, .message = message});
  }

  void add(Range outcomes, Move move) {
    for (Id i = 0; i < outcomes.count; ++i) {
      move.outcome = outcomes.first + i;
      const bool allowed = !transitions_[move.outcome].crashes() || state_.budgets().crashes > 0;
      if (allowed) moves_.push_back(move);
    }
  }

  const WorldState& state_;
  const Catalogue& catalogue_;
  Transitions& transitions_;
  std::vector<Move>& moves_;
};

}  // namespace

WorldState before_the_start(Catalogue& catalogue) {
  const Model& model = catalogue.model;
  std::vector<Id> hosts;
  for (Id place = 0; place < model.nodes.size(); ++place) {
    Host host;
    host.place = place;
    hosts.push_back(catalogue.hosts.id_of(std::move(host)));
  }
  return {std::move(hosts),
          {.crashes = budget(model.max_crashes),
           .losses = budget(model.max_losses),
           .duplicates = budget(model.max_duplicates)}};
}

std::size_t steps_to_start(const Catalogue& catalogue) {
  return catalogue.model.nodes.size();
}

void list_moves(const WorldState& state, const Catalogue& catalogue, Transitions& transitions,
                std::vector<Move>& moves) {
  Lister(state, catalogue, transitions, moves).list();
}

void make_move(const Move& move, const WorldState& before, const Catalogue& catalogue,
               const Transitions& transitions, WorldState& after) {
  after = before;
  Budgets left = before.budgets();
  if (move.message != none && !move.comes_again) after.remove_message(move.message);
  if (move.comes_again) --left.duplicates;
  if (move.outcome == none) {
    --left.losses;
  } else {
    const Outcome& outcome = transitions[move.outcome];
    if (outcome.crashes()) --left.crashes;
    after.set_host(move.place, outcome.host);
    for (const Id message : transitions.sent(outcome)) {
      after.add_message(message, catalogue.model.max_copies);
    }
  }
  after.set_budgets(left);
}

Step as_step(const Move& move, const Catalogue& catalogue, const Transitions& transitions) {
  Step step{.kind = Kind::lose, .node = catalogue.model.nodes[move.place]};
  step.comes_again = move.comes_again;
  if (move.message != none) {
    const Message& message = catalogue.messages[move.message];
    step.from = catalogue.model.nodes[message.sender];
    step.bytes = catalogue.bytes[message.bytes];
  }
  if (move.outcome == none) return step;
  const Outcome& outcome = transitions[move.outcome];
  step.kind = outcome.event.kind;
  if (step.kind == Kind::fire || step.kind == Kind::input) {
    step.bytes = catalogue.bytes[outcome.event.subject];
  }
  step.is_answer = outcome.event.is_answer;
  const auto choices = transitions.choices(outcome);
  step.choices.assign(choices.begin(), choices.end());
  if (outcome.performed != none) step.crash_after = outcome.performed;
  return step;
}

}  // namespace octet::search
