// Plans of faults, and what became of them.
#include <utility>

#include "runtime/sim/world.h"

namespace octet::sim {

World& World::apply(const Plan& plan) {
  for (const Fault& fault : plan) {
    if (is_of_message(fault)) {
      network_.script(fault);
      continue;
    }
    at(fault.at, [this, fault] { begin(fault); });
    if (fault.until > fault.at) at(fault.until, [this, fault] { end(fault); });
  }
  return *this;
}

Plan World::faults() const {
  Plan all = begun_;
  all.insert(all.end(), network_.faults().begin(), network_.faults().end());
  return all;
}

/// Faults of nodes that the test has not added do nothing.
void World::begin(const Fault& fault) {
  if (fault.kind != Fault::Kind::partition && !index_.contains(fault.node)) return;
  begun_.push_back(fault);
  switch (fault.kind) {
    case Fault::Kind::crash:
      crash(fault.node);
      break;
    case Fault::Kind::torn:
      crash_after_effects(fault.node, static_cast<std::size_t>(fault.amount));
      break;
    case Fault::Kind::pause:
      pause(fault.node);
      break;
    case Fault::Kind::cut:
      cut_one_way(fault.node, fault.peer);
      break;
    case Fault::Kind::partition:
      cut_off(fault.group);
      break;
    case Fault::Kind::drift:
      skew_clock(fault.node, fault.amount);
      break;
    case Fault::Kind::jump:
      jump_clock(fault.node, Duration(fault.amount));
      break;
    case Fault::Kind::slow_disk:
      slow_disk(fault.node, Duration(fault.amount));
      break;
    default:
      break;
  }
}

void World::end(const Fault& fault) {
  if (fault.kind != Fault::Kind::partition && !index_.contains(fault.node)) return;
  switch (fault.kind) {
    case Fault::Kind::crash:
      restart(fault.node);
      break;
    case Fault::Kind::torn:
      host(fault.node).crash_after_effects.reset();  // no handler ran
      restart(fault.node);
      break;
    case Fault::Kind::pause:
      resume(fault.node);
      break;
    case Fault::Kind::cut:
      heal_one_way(fault.node, fault.peer);
      break;
    case Fault::Kind::partition:
      join(fault.group);
      break;
    case Fault::Kind::drift:
      skew_clock(fault.node, 0);
      break;
    case Fault::Kind::jump:
      jump_clock(fault.node, Duration(-fault.amount));
      break;
    case Fault::Kind::slow_disk:
      slow_disk(fault.node, options_.disk_latency);
      break;
    default:
      break;
  }
}

}  // namespace octet::sim
