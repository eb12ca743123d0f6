// What handlers ask for.
#include <utility>

#include "runtime/sim/world.h"

namespace octet::sim {

void World::perform(Host& host, AnyEffect effect) {
  switch (effect.kind) {
    case AnyEffect::Kind::set_timer:
      return set_timer(host, effect);
    case AnyEffect::Kind::cancel_timer:
      return cancel_timer(host, effect);
    case AnyEffect::Kind::persist:
    case AnyEffect::Kind::compact:
      return write(host, std::move(effect));
    case AnyEffect::Kind::send:
    case AnyEffect::Kind::emit:
      break;
  }
  // When the disk finishes during a pause, what waited for it may still be there.
  const bool is_next = host.waiting.empty() && host.disk.arrived() == host.disk.issued();
  if (is_next) return leave(host, std::move(effect));
  host.waiting.push_back({std::move(effect), host.disk.issued(), cause_});
}

void World::set_timer(Host& host, const AnyEffect& effect) {
  const std::uint64_t number = host.set_timer(effect.bytes);
  const std::uint64_t key = set_timers_.key(mix(mix(host.id().value) ^ hash_of(effect.bytes)));
  const auto after = static_cast<std::int64_t>(
      timer_draws_.between(static_cast<std::uint64_t>(effect.min.count()),
                           static_cast<std::uint64_t>(effect.max.count()), key));
  queue_.add(now_ + host.clock.world_time(Duration(after)), {.what = Pending::What::timer,
                                                             .host = index_of(host.id()),
                                                             .id = number,
                                                             .incarnation = host.incarnation,
                                                             .bytes = effect.bytes});
  record_effect(Kind::set_timer, host, List::timer, effect);
}

void World::cancel_timer(Host& host, const AnyEffect& effect) {
  if (host.timers.erase(effect.bytes) > 0) {
    record_effect(Kind::cancel_timer, host, List::timer, effect);
  }
}

void World::write(Host& host, AnyEffect effect) {
  record_effect(Kind::persist, host, List::record, effect);
  const bool is_idle = host.disk.arrived() == host.disk.issued();
  host.disk.issue(std::move(effect));
  if (is_idle) write_batch(host);
}

/// What comes while the disk is busy goes together in the next batch (group commit).
void World::write_batch(Host& host) {
  host.batch_upto = host.disk.issued();
  queue_.add(
      now_ + host.disk_latency,
      {.what = Pending::What::write, .host = index_of(host.id()), .incarnation = host.incarnation});
}

void World::arrive(Host& host) {
  while (host.disk.arrived() < host.batch_upto) {
    record_effect(Kind::durable, host, List::record, host.disk.next());
    host.disk.arrive();
  }
  if (host.disk.arrived() < host.disk.issued()) write_batch(host);
  if (host.is_paused) {
    host.missed.push_back({[this, &host] { release(host); }});
  } else {
    release(host);
  }
}

/// Lets go what the disk has caught up with.
void World::release(Host& host) {
  while (!host.waiting.empty() && host.waiting.front().write <= host.disk.arrived()) {
    Host::Waiting first = std::move(host.waiting.front());
    host.waiting.pop_front();
    cause_ = first.cause;
    leave(host, std::move(first.effect));
  }
  cause_ = 0;
}

void World::leave(Host& host, AnyEffect effect) {
  if (effect.kind == AnyEffect::Kind::send) return send(host, std::move(effect));
  record_effect(Kind::emit, host, List::output, effect);
  // Not in the middle of this handler, for a listener may set off another one, but before anything
  // else happens.
  const std::uint64_t emitted = trace_.size();
  for (std::size_t i = 0; i < host.listeners.size(); ++i) {
    actions_.emplace(++last_action_, [this, emitted, &host, i, output = effect.bytes] {
      heard_ = emitted;
      host.listeners[i](output);
      heard_ = 0;
    });
    queue_.add_urgent(now_, {.what = Pending::What::action, .id = last_action_});
  }
  host.outputs.push_back(std::move(effect.bytes));
}

void World::send(Host& host, AnyEffect effect) {
  const Envelope message{host.id(), effect.to, effect.bytes};
  const std::uint64_t id = ++last_message_;
  record_send(host, message, id);
  const auto to = index_.find(effect.to);
  if (to == index_.end()) return record_loss(message, id, "no such node");

  const Network::Fate fate = network_.decide(message, now_);
  if (fate.lost != nullptr) return record_loss(message, id, fate.lost);
  Pending arrival{.what = Pending::What::message, .host = to->second, .from = host.id(), .id = id};
  if (fate.twice) {
    record_duplicate(message, id);
    arrival.bytes = effect.bytes;
    queue_.add(now_ + fate.second_latency, arrival);
  }
  arrival.bytes = std::move(effect.bytes);
  queue_.add(now_ + fate.latency, std::move(arrival));
}

}  // namespace octet::sim
