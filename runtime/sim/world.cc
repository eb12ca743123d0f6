#include "runtime/sim/world.h"

#include <algorithm>
#include <exception>
#include <stdexcept>
#include <utility>

#include "runtime/check.h"
#include "runtime/erase/json.h"
#include "runtime/erase/strange_record.h"

namespace octet::sim {

World::World(std::uint64_t seed, const WorldOptions& options)
    : seed_(seed),
      options_(options),
      network_(seed, options.network,
               [this](const Envelope& message) {
                 return host(message.from).node->show(List::message, message.bytes).name;
               }),
      timer_draws_(seed, "timers"),
      crash_draws_(seed, "crashes") {}

World& World::add(NodeId id, Factory make) {
  OCTET_CHECK(!index_.contains(id), "two nodes cannot have one id");
  index_.emplace(id, static_cast<std::uint32_t>(hosts_.size()));
  hosts_.push_back(std::make_unique<Host>(id, std::move(make), seed_, now_));
  hosts_.back()->disk_latency = options_.disk_latency;
  start(*hosts_.back());
  return *this;
}

World& World::input_bytes(NodeId id, Bytes input) {
  hand_over(id, std::move(input), 0);
  return *this;
}

void World::hand_over(NodeId id, Bytes input, std::uint64_t cause) {
  Host& to = host(id);
  if (violated_ || !to.is_up()) return;
  if (to.is_paused) {
    to.missed.push_back(
        {[this, id, input = std::move(input), cause] { hand_over(id, input, cause); }});
    return;
  }
  cause_ = cause;
  handle(to, {.kind = Kind::input, .bytes = input});
}

std::uint64_t World::call_bytes(trace::ClientId client, NodeId asks, Bytes input, Shown what) {
  const std::uint64_t operation = ++last_operation_;
  open_operations_.emplace(operation, client);
  clients_.insert(client);
  hand_over(asks, std::move(input), record_call(client, asks, operation, std::move(what)));
  return operation;
}

World& World::end_call(std::uint64_t operation, trace::Outcome outcome, std::string result) {
  const auto open = open_operations_.extract(operation);
  if (open.empty()) {
    throw std::logic_error("operation " + std::to_string(operation) +
                           " cannot end: it has ended already, or never began");
  }
  record_result(open.mapped(), operation, outcome, std::move(result));
  return *this;
}

World& World::listen_to_bytes(NodeId id, std::function<void(const Bytes&)> listener) {
  host(id).listeners.push_back(std::move(listener));
  return *this;
}

World& World::run_for(Duration time) {
  const Duration end = now_ + time;
  while (!violated_ && !queue_.empty() && queue_.next() <= end) {
    now_ = queue_.next();
    happen(queue_.take());
  }
  if (!violated_) now_ = end;
  return *this;
}

bool World::run_until(const std::function<bool()>& condition, Duration within) {
  const Duration end = now_ + within;
  while (!condition()) {
    if (violated_ || queue_.empty() || queue_.next() > end) {
      if (!violated_) now_ = end;
      return false;
    }
    now_ = queue_.next();
    happen(queue_.take());
  }
  return true;
}

World& World::at(Duration time, std::function<void()> action) {
  actions_.emplace(++last_action_, std::move(action));
  queue_.add(std::max(time, now_), {.what = Pending::What::action, .id = last_action_});
  return *this;
}

World& World::always(std::string property, std::function<std::string()> holds) {
  properties_.push_back({std::move(property), std::move(holds)});
  return *this;
}

std::vector<NodeId> World::ids() const {
  std::vector<NodeId> ids;
  for (const auto& [id, index] : index_) ids.push_back(id);
  return ids;
}

const AnyNode& World::node(NodeId id) const {
  OCTET_CHECK(is_up(id), "a node that is down has nothing to show");
  return *host(id).node;
}

Host& World::host(NodeId id) {
  return *hosts_[index_of(id)];
}

const Host& World::host(NodeId id) const {
  return *hosts_[index_of(id)];
}

std::uint32_t World::index_of(NodeId id) const {
  const auto found = index_.find(id);
  OCTET_CHECK(found != index_.end(), "no node has this id");
  return found->second;
}

void World::happen(Pending event) {
  if (++events_ > options_.max_events) {
    violated_ = true;
    fail("the nodes come to rest",
         "the nodes are busy without end: " + std::to_string(options_.max_events) + " events in " +
             erase::duration_text(now_));
    return;
  }
  if (event.what == Pending::What::action) {
    const auto action = actions_.extract(event.id);
    action.mapped()();
  } else {
    happen_to(*hosts_[event.host], event);
  }
  check_properties();
}

void World::happen_to(Host& host, Pending& event) {
  if (event.what == Pending::What::message) return receive(host, event);
  if (event.incarnation != host.incarnation || !host.is_up()) return;  // of an earlier life
  if (event.what == Pending::What::write) return arrive(host);
  if (host.is_paused) {
    host.missed.push_back({[this, &host, event]() mutable { happen_to(host, event); }});
    return;
  }
  if (!host.take_timer(event.bytes, event.id)) return;  // replaced or cancelled
  handle(host, {.kind = Kind::fire, .bytes = event.bytes});
}

void World::receive(Host& host, const Pending& message) {
  const char* lost = nullptr;
  if (network_.is_cut(message.from, host.id())) lost = "the link is cut";
  if (!host.is_up()) lost = "the receiver is down";
  if (lost != nullptr) {
    return record_loss({message.from, host.id(), message.bytes}, message.id, lost);
  }
  if (!host.is_paused) return deliver(host, message);
  host.missed.push_back(
      {[this, &host, message] { deliver(host, message); }, message.from, message.id});
}

void World::deliver(Host& host, const Pending& message) {
  ++delivered_;
  handle(
      host,
      {.kind = Kind::deliver, .bytes = message.bytes, .from = message.from, .message = message.id});
}

void World::start(Host& host) {
  host.node = host.make();
  ++host.incarnation;
  handle(host, {.kind = Kind::start});
}

void World::handle(Host& host, const Told& told) {
  const std::size_t event = record_handler(host, told);
  cause_ = event;
  effects_.clear();
  if (event != 0 && event == options_.stop_at) stop_for_debugger(host, told);
  try {
    if (!tell(host, told)) {
      if (told.kind != Kind::start) return drop_undecodable(event);
      return die_of_its_disk(host);
    }
  } catch (const NotWritten&) {
    throw;  // there is nothing to judge yet
  } catch (const std::exception& error) {
    return die(host, told, error.what());
  } catch (...) {
    return die(host, told, "something that is no std::exception");
  }

  // Its effects may set off no other handler now, so the list stays what it is.
  const auto crash = std::exchange(host.crash_after_effects, std::nullopt);
  const std::size_t count = std::min(crash.value_or(effects_.size()), effects_.size());
  for (std::size_t i = 0; i < count; ++i) perform(host, std::move(effects_[i]));
  if (event > 0) trace_[event - 1].state = host.node->view_json();
  cause_ = 0;
  if (crash) go_down(host);
}

bool World::tell(Host& host, const Told& told) {
  const InHandler here(
      options_.progress,
      {.in_handler = true, .node = host.id().value, .now_ns = now_.count(), .seed = seed_});
  AnyNode& node = *host.node;
  ++host.handled;
  switch (told.kind) {
    case Kind::start:
      return node.start(host.disk.records(), host, effects_);
    case Kind::deliver:
      return node.deliver(told.bytes, told.from, host, effects_);
    case Kind::fire:
      return node.fire(told.bytes, host, effects_);
    default:
      return node.input(told.bytes, host, effects_);
  }
}

/// What a node of ours must not do it does once; then it is dead. The others go on.
void World::die(Host& host, const Told& told, std::string_view why) {
  const Shown shown = show(*host.node, told);
  std::string text = "node " + std::to_string(host.id().value) + " (" +
                     std::string(host.node->class_name()) + ") threw in its handler of " +
                     (told.kind == Kind::start ? "start" : shown.name + shown.json) + ": " +
                     std::string(why);
  bury(host, "handlers do not throw", std::move(text));
}

void World::die_of_its_disk(Host& host) {
  bury(host, "a node can read its disk",
       "node " + std::to_string(host.id().value) + " (" + std::string(host.node->class_name()) +
           ") cannot start: " + strange_record(*host.node, host.disk.records()));
}

void World::bury(Host& host, std::string property, std::string what) {
  record_fault(Kind::fail, host.id(), {}, what);
  cause_ = 0;
  go_down(host);
  fail(std::move(property), std::move(what));
}

void World::drop_undecodable(std::size_t event) {
  ++undecodable_;
  if (event > 0) trace_[event - 1].kind = Kind::undecodable;
  cause_ = 0;
}

World& World::fail(std::string property, std::string what) {
  if (failure_.empty()) {
    property_ = std::move(property);
    failure_ = std::move(what);
  }
  return *this;
}

void World::check_properties() {
  for (const Property& property : properties_) {
    if (violated_) return;
    std::string wrong = property.holds();
    if (wrong.empty()) continue;
    violated_ = true;
    fail(property.name, std::move(wrong));
  }
}

}  // namespace octet::sim
