#include "runtime/search/transitions.h"

#include <algorithm>
#include <utility>

#include "runtime/search/branches.h"
#include "runtime/search/effects.h"
#include "runtime/search/violation.h"

namespace octet::search {
namespace {

using Kind = Step::Kind;

std::vector<Id> as_ids(const std::vector<std::uint64_t>& choices) {
  std::vector<Id> ids;
  for (const std::uint64_t choice : choices) ids.push_back(static_cast<Id>(choice));
  return ids;
}

}  // namespace

Range Transitions::of_its_own(Id host) {
  if (const Range* known = own_.find(host, 0)) return *known;
  const std::size_t first = outcomes_.size();
  add_own(host);
  own_.remember(host, 0, since(first));
  return since(first);
}

Range Transitions::of_delivery(Id host, Id message) {
  if (const Range* known = deliveries_.find(host, message)) return *known;
  const std::size_t first = outcomes_.size();
  add_every_branch(catalogue_.hosts[host], {.kind = Kind::deliver, .subject = message});
  deliveries_.remember(host, message, since(first));
  return since(first);
}

void Transitions::add_own(Id id) {
  const Host& host = catalogue_.hosts[id];
  if (host.status == Host::Status::unstarted) return add_every_branch(host, {.kind = Kind::start});
  if (host.status == Host::Status::down) return add_every_branch(host, {.kind = Kind::restart});
  for (const Id timer : host.timers) add_every_branch(host, {.kind = Kind::fire, .subject = timer});
  const std::vector<Id>& inputs = catalogue_.inputs[host.place];
  if (host.inputs_given < inputs.size()) {
    add_every_branch(host, {.kind = Kind::input, .subject = inputs[host.inputs_given]});
  }
  Id last = none;
  for (const Id answer : host.answers) {
    if (std::exchange(last, answer) == answer) continue;
    add_every_branch(host, {.kind = Kind::input, .subject = answer, .is_answer = true});
  }
  add_crash(host);
}

void Transitions::add_crash(const Host& before) {
  if (catalogue_.model.max_crashes == 0) return;
  Host host = before;
  host.crash();
  outcomes_.push_back(
      {.event = {.kind = Kind::crash}, .host = catalogue_.hosts.id_of(std::move(host))});
}

void Transitions::add_every_branch(const Host& before, const Event& event) {
  Branches branches(catalogue_.model.nodes[before.place]);
  for (std::size_t runs = 0; runs < max_choices_; ++runs) {
    Run run = run_handler(catalogue_, before, event, branches);
    const Outcome outcome{.event = event, .choices = keep(as_ids(branches.taken()))};
    add_whole(before, run, outcome);
    add_cuts(before, run, outcome);
    if (!branches.next()) return;
  }
  left_choices_out_ = true;
}

void Transitions::add_whole(const Host& before, Run& run, Outcome outcome) {
  if (!run.failure.empty()) return add_failure(outcome, run.failure);
  Host host = consumed(before, outcome.event);
  std::vector<Id> sent;
  perform(run.effects, host, sent, catalogue_);
  try {
    host.state = catalogue_.states.id_of(host.place, std::move(run.node));
  } catch (const Violation& error) {
    return add_failure(outcome, error.what());
  }
  outcome.host = catalogue_.hosts.id_of(std::move(host));
  outcome.sent = keep(sent);
  outcomes_.push_back(outcome);
}

/// A crash after each of the effects. One that leaves the same as the one before is left out; so is
/// one before the first effect, which is a crash without the event: the message is in flight yet,
/// and arrives or not. Only an input is not given again, so that it makes a difference.
void Transitions::add_cuts(const Host& before, const Run& run, Outcome outcome) {
  if (catalogue_.model.max_crashes == 0 || outcome.event.kind == Kind::start) return;
  if (!run.failure.empty()) return;
  Host host = consumed(before, outcome.event);
  host.crash();
  std::vector<Id> sent;
  Id last = catalogue_.hosts.id_of(host);
  const auto add = [&](std::size_t performed) {
    outcome.host = last;
    outcome.sent = keep(sent);
    outcome.performed = static_cast<Id>(performed);
    outcomes_.push_back(outcome);
  };
  if (outcome.event.kind == Kind::input) add(0);
  for (std::size_t i = 0; i < run.effects.size(); ++i) {
    const std::size_t sent_before = sent.size();
    perform(std::span(run.effects).subspan(i, 1), host, sent, catalogue_);
    host.timers.clear();
    host.answers.clear();
    const Id now = catalogue_.hosts.id_of(host);
    if (std::exchange(last, now) != now || sent.size() != sent_before) add(i + 1);
  }
}

void Transitions::add_failure(Outcome outcome, std::string sentence) {
  outcome.failure = static_cast<Id>(failures_.size());
  failures_.push_back(std::move(sentence));
  outcomes_.push_back(outcome);
}

Range Transitions::keep(std::span<const Id> words) {
  const Range range{static_cast<Id>(lists_.size()), static_cast<Id>(words.size())};
  lists_.insert(lists_.end(), words.begin(), words.end());
  return range;
}

Range Transitions::since(std::size_t first) const {
  return {static_cast<Id>(first), static_cast<Id>(outcomes_.size() - first)};
}

}  // namespace octet::search
