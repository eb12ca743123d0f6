#include "runtime/tests/brute_force.h"

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <tuple>

namespace octet::search {
namespace {

struct Alone : Environment {
  explicit Alone(NodeId node) : self(node) {}
  NodeId id() const override { return self; }
  Time now() const override { return {}; }
  WallTime wall_clock() const override { return {}; }
  std::uint64_t choose(std::uint64_t) override { return 0; }

  NodeId self;
};

using Mail = std::tuple<NodeId, NodeId, Bytes>;  // from, to, what

struct Slow {
  std::shared_ptr<const AnyNode> node;  // null while it is down
  std::set<Bytes> timers;
  std::vector<Bytes> records;
  std::vector<Bytes> outputs;
  std::size_t inputs_given = 0;
};

struct World {
  std::map<NodeId, Slow> nodes = {};
  std::multiset<Mail> mail = {};
  std::uint32_t crashes = 0;
  std::uint32_t losses = 0;
  std::uint32_t duplicates = 0;

  auto all() const {
    std::map<NodeId, std::tuple<bool, Bytes, std::set<Bytes>, std::vector<Bytes>,
                                std::vector<Bytes>, std::size_t>>
        plain;
    for (const auto& [id, slow] : nodes) {
      plain[id] = {slow.node != nullptr, slow.node ? slow.node->state() : "",
                   slow.timers,          slow.records,
                   slow.outputs,         slow.inputs_given};
    }
    return std::tuple(plain, mail, crashes, losses, duplicates);
  }
};

using Worlds = std::vector<World>;
using Handler = bool (*)(AnyNode&, const Slow&, const Mail&, Environment&, std::vector<AnyEffect>&);

void perform(const Model& model, NodeId self, const AnyEffect& effect, World& world) {
  using Kind = AnyEffect::Kind;
  Slow& slow = world.nodes.at(self);
  if (effect.kind == Kind::send) {
    const Mail mail(self, effect.to, effect.bytes);
    if (world.mail.count(mail) < model.max_copies) world.mail.insert(mail);
  } else if (effect.kind == Kind::set_timer) {
    slow.timers.insert(effect.bytes);
  } else if (effect.kind == Kind::cancel_timer) {
    slow.timers.erase(effect.bytes);
  } else if (effect.kind == Kind::persist) {
    slow.records.push_back(effect.bytes);
  } else if (effect.kind == Kind::compact) {
    std::erase_if(slow.records, [&](const Bytes& old) { return old.starts_with(effect.bytes); });
    slow.records.insert(slow.records.end(), effect.records.begin(), effect.records.end());
  } else {
    slow.outputs.push_back(effect.bytes);
  }
}

void crash(World& world, NodeId id) {
  world.nodes.at(id).node = nullptr;
  world.nodes.at(id).timers.clear();
  --world.crashes;
}

/// The handler's whole outcome, and its crashes from the `first_cut`th effect on.
void handle(const Model& model, const World& before, NodeId self, const Mail& mail, Handler handler,
            std::optional<std::size_t> first_cut, Worlds& after) {
  const Slow& old = before.nodes.at(self);
  std::unique_ptr<AnyNode> node = old.node ? old.node->clone() : model.make(self);
  std::vector<AnyEffect> effects;
  Alone alone(self);
  handler(*node, old, mail, alone, effects);
  World whole = before;
  whole.nodes.at(self).node = std::move(node);
  for (const AnyEffect& effect : effects) perform(model, self, effect, whole);
  after.push_back(std::move(whole));
  for (std::size_t cut = first_cut.value_or(effects.size() + 1); cut <= effects.size(); ++cut) {
    World& crashed = after.emplace_back(before);
    for (std::size_t i = 0; i < cut; ++i) perform(model, self, effects[i], crashed);
    crash(crashed, self);
  }
}

/// A cut whose effects leave no trace is the crash without the event, and not taken.
std::size_t effects_without_trace(const Model& model, const World& before, NodeId self,
                                  const Mail& mail, Handler handler) {
  const Slow& old = before.nodes.at(self);
  std::unique_ptr<AnyNode> node = old.node ? old.node->clone() : model.make(self);
  std::vector<AnyEffect> effects;
  Alone alone(self);
  handler(*node, old, mail, alone, effects);
  const auto is_timer = [](const AnyEffect& effect) {
    return effect.kind == AnyEffect::Kind::set_timer ||
           effect.kind == AnyEffect::Kind::cancel_timer;
  };
  return static_cast<std::size_t>(std::find_if_not(effects.begin(), effects.end(), is_timer) -
                                  effects.begin());
}

bool on_start(AnyNode& node, const Slow& old, const Mail&, Environment& environment,
              std::vector<AnyEffect>& effects) {
  return node.start(old.records, environment, effects);
}
bool on_mail(AnyNode& node, const Slow&, const Mail& mail, Environment& environment,
             std::vector<AnyEffect>& effects) {
  return node.deliver(std::get<2>(mail), std::get<0>(mail), environment, effects);
}
bool on_timer(AnyNode& node, const Slow&, const Mail& mail, Environment& environment,
              std::vector<AnyEffect>& effects) {
  return node.fire(std::get<2>(mail), environment, effects);
}
bool on_input(AnyNode& node, const Slow&, const Mail& mail, Environment& environment,
              std::vector<AnyEffect>& effects) {
  return node.input(std::get<2>(mail), environment, effects);
}

void handle_and_crash(const Model& model, const World& before, NodeId self, const Mail& mail,
                      Handler handler, Worlds& after) {
  std::optional<std::size_t> first_cut;
  if (before.crashes > 0) {
    first_cut = 1 + effects_without_trace(model, before, self, mail, handler);
    if (handler == on_input) first_cut = 0;
  }
  handle(model, before, self, mail, handler, first_cut, after);
}

void own_steps(const Model& model, const World& world, NodeId id, Worlds& after) {
  const Slow& slow = world.nodes.at(id);
  if (slow.node == nullptr) return handle_and_crash(model, world, id, {}, on_start, after);
  for (const Bytes& timer : slow.timers) {
    World fired = world;
    fired.nodes.at(id).timers.erase(timer);
    handle_and_crash(model, fired, id, {id, id, timer}, on_timer, after);
  }
  std::vector<Bytes> inputs;
  for (const auto& given : model.inputs) {
    if (given.node == id) inputs.push_back(given.input);
  }
  if (slow.inputs_given < inputs.size()) {
    World given = world;
    const Mail input(id, id, inputs[given.nodes.at(id).inputs_given++]);
    handle_and_crash(model, given, id, input, on_input, after);
  }
  if (world.crashes > 0) crash(after.emplace_back(world), id);
}

void steps_of_mail(const Model& model, const World& world, const Mail& mail, Worlds& after) {
  World without = world;
  without.mail.erase(without.mail.find(mail));
  const NodeId to = std::get<1>(mail);
  if (world.nodes.at(to).node != nullptr) {
    handle_and_crash(model, without, to, mail, on_mail, after);
    World twice = world;
    if (twice.duplicates > 0) {
      --twice.duplicates;
      handle_and_crash(model, twice, to, mail, on_mail, after);
    }
  }
  if (without.losses > 0) {
    --without.losses;
    after.push_back(std::move(without));
  }
}

Worlds steps(const Model& model, const World& world) {
  Worlds after;
  for (const NodeId id : model.nodes) own_steps(model, world, id, after);
  for (const Mail& mail : std::set<Mail>(world.mail.begin(), world.mail.end())) {
    steps_of_mail(model, world, mail, after);
  }
  return after;
}

World started(const Model& model) {
  World world{
      .crashes = model.max_crashes, .losses = model.max_losses, .duplicates = model.max_duplicates};
  for (const NodeId id : model.nodes) world.nodes[id];
  for (const NodeId id : model.nodes) {
    Worlds after;
    handle(model, world, id, {}, on_start, std::nullopt, after);
    world = std::move(after.front());
  }
  return world;
}

}  // namespace

std::vector<std::uint64_t> states_by_depth_the_slow_way(const Model& model) {
  std::vector<std::uint64_t> counts;
  Worlds level{started(model)};
  std::set<decltype(level.front().all())> known{level.front().all()};
  while (!level.empty()) {
    counts.push_back(level.size());
    Worlds next;
    for (const World& world : level) {
      for (World& after : steps(model, world)) {
        if (known.insert(after.all()).second) next.push_back(std::move(after));
      }
    }
    level = std::move(next);
  }
  return counts;
}

}  // namespace octet::search
