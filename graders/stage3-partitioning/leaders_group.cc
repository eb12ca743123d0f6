#include "graders/stage3-partitioning/leaders_group.h"

#include <fmt/format.h>

#include <algorithm>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/text.h"
#include "runtime/erase/json.h"

namespace octet::leaders {
namespace {

const std::vector<NodeId>& add_leaders(sim::World& world, const Topology& topology,
                                       const Config& config) {
  for (const NodeId id : topology.leaders) {
    Config own = config;
    own.neighbours = topology.neighbours(id);
    world.add(id, [own] { return make_leader(own); });
  }
  return topology.leaders;
}

std::string text_of(const View& view) {
  std::string text;
  erase::write_json(text, view);
  return grading::shortened(text, 300);
}

/// How often one looks whether it is so far.
constexpr Duration step = std::chrono::milliseconds(10);

}  // namespace

Group::Group(sim::World& world, Topology topology, Config config)
    : world_(world),
      topology_(std::move(topology)),
      config_(std::move(config)),
      watch_(world, add_leaders(world, topology_, config_), config_) {
  only_links_there_are();
}

View Group::view(NodeId id) const {
  View view = world_.view<View>(id);
  std::erase_if(view.counters, [](const auto& entry) { return entry.second == 0; });
  return view;
}

void Group::set(NodeId at, const std::string& key) {
  if (is_there(at)) write(watch_.writes().set(key, at, watch_.shown(at)));
}

void Group::set(NodeId at, const std::string& key, const std::string& value) {
  if (is_there(at)) write(watch_.writes().set(key, value, at, watch_.shown(at)));
}

void Group::add(NodeId at, const std::string& counter) {
  if (is_there(at)) write(watch_.writes().add(counter, at, watch_.shown(at)));
}

void Group::add_one(NodeId at, const std::string& counter) {
  watch_.writes().ignore(counter);
  world_.input(at, Input(Add{counter, 1}));
}

bool Group::is_there(NodeId id) {
  watch_.look_now();  // what it shows after a restart it knows when it writes
  return world_.is_up(id) && world_.failure().empty();
}

void Group::write(Writes::Number number) {
  const NodeId at = watch_.writes().at(number);
  world_.input(at, watch_.writes().input(number));
  watch_.look_now();
  if (!is_there(at) || watch_.shown(at)[number]) return;
  grading::fail(fmt::format("{} does not take effect there at once; leader {} shows {}",
                            watch_.writes().text_of(number), at.value, text_of(view(at))));
}

void Group::wait_until_alike(NodeId one, NodeId other) {
  if (world_.run_until([&] { return view(one) == view(other); }, bound())) return;
  grading::fail(
      fmt::format("leader {} and leader {} can hear of each other, and in {} they do not "
                  "come to show the same, but {}, and {} (ML1)",
                  one.value, other.value, erase::duration_text(bound()), text_of(view(one)),
                  text_of(view(other))));
}

View Group::expect_agreement() {
  return expect_agreement(bound());
}

View Group::expect_agreement(Duration within) {
  const Duration end = world_.now() + within;
  while (!agree() && world_.now() < end && world_.failure().empty()) world_.run_for(step);
  const bool is_reached = agree();
  if (is_reached) world_.run_for(3 * config_.interval);
  if (agree()) return view(leaders().front());
  grading::fail(fmt::format("{}, a {}: {}",
                            is_reached ? "they agreed, and then not any more"
                                       : fmt::format("in {} the leaders do not come to agree",
                                                     erase::duration_text(within)),
                            topology_.name, disagreement()));
}

/// A leader that asks its neighbours when an interval is over has what they have within three
/// messages. So it goes on from each to the next.
Duration Group::bound() const {
  constexpr Duration messages = std::chrono::milliseconds(100);
  return static_cast<std::int64_t>(size()) * (3 * config_.interval + messages);
}

bool Group::agree() const {
  if (!std::ranges::all_of(leaders(), [&](NodeId id) { return world_.is_up(id); })) return false;
  const View first = view(leaders().front());
  return std::ranges::all_of(leaders(), [&](NodeId id) { return view(id) == first; }) &&
         missing_at(leaders().front()).empty();
}

std::string Group::missing_at(NodeId id) const {
  return watch_.writes().missing(watch_.certain(), watch_.writes().shown_in(view(id)).writes);
}

std::string Group::disagreement() const {
  for (const NodeId id : leaders()) {
    if (!world_.is_up(id)) return fmt::format("leader {} is down", id.value);
    const std::string missing = missing_at(id);
    if (!missing.empty()) return fmt::format("leader {} does not show {} (ML1)", id.value, missing);
  }
  const NodeId first = leaders().front();
  const auto differs = [&](NodeId id) { return view(id) != view(first); };
  const auto other = std::ranges::find_if(leaders(), differs);
  if (other == leaders().end()) return "";
  return fmt::format("leader {} shows {}, and leader {} shows {} (ML1)", first.value,
                     text_of(view(first)), other->value, text_of(view(*other)));
}

void Group::heal() {
  world_.heal();
  traffic_ = {};
  only_links_there_are();
}

void Group::only_links_there_are() {
  world_.drop([this](const sim::Envelope& message) {
    if (!topology_.are_linked(message.from, message.to)) return true;
    ++traffic_.messages;
    traffic_.bytes += message.bytes.size();
    return false;
  });
}

sim::Filter Group::on_links(sim::Filter filter) const {
  return [this, filter = std::move(filter)](const sim::Envelope& message) {
    return topology_.are_linked(message.from, message.to) && filter(message);
  };
}

}  // namespace octet::leaders
