#include "runtime/search/story.h"

#include "runtime/search/branches.h"
#include "runtime/search/handler.h"
#include "runtime/search/violation.h"

namespace octet::search {
namespace {

using Kind = Step::Kind;

std::string headline(const Step& step, const AnyNode* node) {
  std::string who = "node " + std::to_string(step.node.value);
  const std::string from = " from " + std::to_string(step.from.value);
  switch (step.kind) {
    case Kind::start:
      return who + " starts";
    case Kind::deliver:
      return who + " receives " + shown(node, List::message, step.bytes) + from +
             (step.comes_again ? "; a copy stays in flight" : "");
    case Kind::fire:
      return who + "'s timer " + shown(node, List::timer, step.bytes) + " fires";
    case Kind::input:
      return who + " is asked for " + shown(node, List::input, step.bytes);
    case Kind::crash:
      return who + " crashes";
    case Kind::restart:
      return who + " starts again";
    case Kind::lose:
      return shown(node, List::message, step.bytes) + from + " to " + who + " is lost";
  }
  return who;
}

std::string deed(const AnyEffect& effect, const AnyNode* node) {
  switch (effect.kind) {
    case AnyEffect::Kind::send:
      return "sends " + shown(node, List::message, effect.bytes) + " to " +
             std::to_string(effect.to.value);
    case AnyEffect::Kind::set_timer:
      return "sets " + shown(node, List::timer, effect.bytes);
    case AnyEffect::Kind::cancel_timer:
      return "cancels " + shown(node, List::timer, effect.bytes);
    case AnyEffect::Kind::persist:
      return "saves " + shown(node, List::record, effect.bytes);
    case AnyEffect::Kind::compact:
      break;
    case AnyEffect::Kind::emit:
      return "emits " + shown(node, List::output, effect.bytes);
  }
  std::string all = "saves in the place of its records:";
  for (const Bytes& record : effect.records) all += " " + shown(node, List::record, record);
  return all;
}

/// What the node shows, or what kept it from showing anything.
std::string what_shows(const AnyNode& node) {
  try {
    return "shows " +
           guarded([&] { return node.view_json(); }, [] { return std::string("view()"); });
  } catch (const Violation& violation) {
    return violation.what();
  }
}

void line(std::string& out, const std::string& text) {
  out += "\n       " + text;
}

void tell_choices(std::string& out, const Step& step) {
  for (const std::uint64_t choice : step.choices) line(out, "chooses " + std::to_string(choice));
}

void tell_deeds(std::string& out, const Step& step, const std::vector<AnyEffect>& effects,
                const AnyNode* node) {
  const std::size_t performed = step.crash_after.value_or(effects.size());
  for (std::size_t i = 0; i < performed; ++i) line(out, deed(effects[i], node));
  if (!step.crash_after.has_value()) return;
  const bool is_cut = performed < effects.size();
  line(out, "crashes" + (is_cut ? " before it " + deed(effects[performed], node) : ""));
}

}  // namespace

std::string tell(const Move& move, const WorldState& before, const Catalogue& catalogue,
                 const Transitions& transitions) {
  const Step step = as_step(move, catalogue, transitions);
  const auto node = fresh_node(catalogue, step.node);
  std::string out = headline(step, node.get());
  tell_choices(out, step);
  if (step.kind == Kind::lose || step.kind == Kind::crash) return out;
  const Outcome& outcome = transitions[move.outcome];
  Branches branches(step.node, step.choices);
  const Host& host = catalogue.hosts[before.host(move.place)];
  const Run run = run_handler(catalogue, host, outcome.event, branches);
  if (outcome.failure != none) return out;
  tell_deeds(out, step, run.effects, node.get());
  if (!step.crash_after.has_value()) line(out, what_shows(*run.node));
  return out;
}

}  // namespace octet::search
