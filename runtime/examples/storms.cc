#include "runtime/examples/storms.h"

#include <string>

#include "runtime/erase/erased_node.h"
#include "runtime/examples/application.h"
#include "runtime/examples/primary_backup.h"
#include "runtime/sim/storm.h"

namespace octet::examples {
namespace {

using primary_backup::Replica;

std::string what_is_missing(const sim::World& world) {
  if (!world.is_up(1) || !world.is_up(2)) return "";
  const std::size_t copied = world.view<Replica::View>(1).copied;
  const std::size_t there = world.view<Replica::View>(2).log.size();
  if (copied <= there) return "";
  return "the primary counts " + std::to_string(copied) + " entries on the backup, which has " +
         std::to_string(there);
}

void play(sim::World& world, bool is_hasty) {
  using namespace std::chrono_literals;
  for (const NodeId id : {1, 2}) {
    world.add(id, [is_hasty] {
      return make_node(Replica({.primary = 1, .backup = 2, .is_hasty = is_hasty}));
    });
  }
  world.always("what is counted is stored", [&world] { return what_is_missing(world); });
  Application application(world, 1, 1);
  for (int i = 0; i < 20; ++i) {
    world.at(i * 500ms, [&application, i] { application.store("entry " + std::to_string(i)); });
  }
  world.run_for(20s);
}

}  // namespace

Experiment primary_backup_at_work(std::uint64_t seed, bool is_hasty) {
  return {.seed = seed,
          .options = {.network = {.loss = 100'000, .duplication = 100'000, .long_delay = 10'000}},
          .play = [is_hasty](sim::World& world) { play(world, is_hasty); }};
}

sim::Plan storm(std::uint64_t seed) {
  return sim::draw_plan(seed, {.nodes = {1, 2},
                               .crashes = 10,
                               .torn_handlers = 10,
                               .pauses = 5,
                               .cuts = 5,
                               .partitions = 5,
                               .drifts = 5,
                               .jumps = 5,
                               .slow_disks = 5});
}

}  // namespace octet::examples
