#include "bully.h"

namespace octet::election::bully {

void Bully::start(std::span<const Protocol::Record>, Context& ctx) {
  hold_election(ctx);
}

void Bully::on(const Elect&, Context& ctx) {
  hold_election(ctx);
}

void Bully::hold_election(Context& ctx) {
  if (status_ != Status::normal) return;  // there is one under way, with a timer that ends it
  status_ = Status::asking;
  bool is_highest = true;
  for (const NodeId member : config_.members) {
    if (member <= ctx.id()) continue;
    is_highest = false;
    ctx.send(member, AreYouUp{});
  }
  if (is_highest) return halt_all_below(ctx);
  ctx.set_timer(NobodyAbove{}, 2 * config_.longest_delay);
}

void Bully::on(const AreYouUp&, NodeId from, Context& ctx) {
  ctx.send(from, IAmUp{});
  hold_election(ctx);
}

void Bully::on(const IAmUp&, NodeId, Context& ctx) {
  if (status_ != Status::asking) return;
  ctx.cancel_timer(NobodyAbove{});
  // The highest was asked too: a delay to get there, then as in an election of its own.
  wait_for_coordinator(6 * config_.longest_delay, ctx);
}

void Bully::on(const NobodyAbove&, Context& ctx) {
  halt_all_below(ctx);
}

void Bully::halt_all_below(Context& ctx) {
  status_ = Status::halting;
  for (const NodeId member : config_.members) {
    if (member < ctx.id()) ctx.send(member, Halt{});
  }
  // One delay until they have it, another for what they sent before. A Coordinator of theirs that
  // was still under way could arrive after ours.
  ctx.set_timer(AllBelowHalted{}, 2 * config_.longest_delay);
}

void Bully::on(const Halt&, NodeId, Context& ctx) {
  stop(ctx);
  wait_for_coordinator(3 * config_.longest_delay, ctx);
}

void Bully::on(const AllBelowHalted&, Context& ctx) {
  status_ = Status::normal;
  leader_ = ctx.id();
  ctx.emit(Elected{ctx.id()});
  for (const NodeId member : config_.members) {
    if (member < ctx.id()) ctx.send(member, Coordinator{});
  }
}

void Bully::on(const Coordinator&, NodeId from, Context& ctx) {
  stop(ctx);
  leader_ = from;
  ctx.emit(Elected{from});
}

/// Whatever we were about to do, somebody above does it.
void Bully::stop(Context& ctx) {
  status_ = Status::normal;
  ctx.cancel_timer(NobodyAbove{});
  ctx.cancel_timer(AllBelowHalted{});
  ctx.cancel_timer(NoCoordinator{});
}

void Bully::wait_for_coordinator(Duration time, Context& ctx) {
  status_ = Status::waiting;
  ctx.set_timer(NoCoordinator{}, time);
}

void Bully::on(const NoCoordinator&, Context& ctx) {
  status_ = Status::normal;
  hold_election(ctx);
}

}  // namespace octet::election::bully
