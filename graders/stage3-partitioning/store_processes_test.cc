#include <algorithm>
#include <chrono>
#include <vector>

#include "graders/dsl/graded_test.h"
#include "graders/stage3-partitioning/operator_maps.h"
#include "graders/stage3-partitioning/store_processes.h"

/// The store as it is run: processes, sockets and files.
namespace octet::store {
namespace {

using namespace std::chrono_literals;
using grading::some;
using std::chrono::steady_clock;

/// Nodes leave and join in turn.
SlotMap next_map(const SlotMap& map, const std::vector<NodeId>& nodes, grading::Random& random) {
  for (const NodeId id : nodes) {
    if (std::ranges::find(map.owners, id) == map.owners.end()) return with(map, id, random);
  }
  return without(map, some(nodes, 1, random).front(), random);
}

/// When all are killed at once, what was acknowledged is on disks or nowhere. A node that is cut
/// off, or stopped, has missed what the others have done, and the others what it has done.
void disturb(StoreProcesses& store, std::size_t round, grading::Random& random) {
  const std::vector<NodeId>& nodes = store.nodes();
  if (round % 4 == 0) return store.lose_power_after_a_write();
  if (round % 4 == 2) {
    store.use(next_map(store.map(), nodes, random));
    store.run_for(std::chrono::milliseconds(random.below(60)));
    return store.kill(nodes);
  }
  const std::vector<NodeId> chosen = some(nodes, 2 + random.below(2), random);
  if (round % 6 == 1) {
    store.cut_off(chosen);
  } else if (round % 6 == 3) {
    store.use(next_map(store.map(), nodes, random));
    store.kill(chosen);
  } else {
    store.pause(chosen);
  }
  store.run_for(300ms);
}

GRADED_TEST(StoreProcesses, KilledStoppedAndMoved, 2,
            "six nodes over TCP, killed by kill -9, stopped, cut off and started again while slots "
            "move, keep what they have acknowledged: every read shows it, or what has taken its "
            "place; and requests are done when all is whole (DQ1, DQ2, DQ3, RB1)") {
  grading::Random random(grading::seed(), "processes");
  StoreProcesses store(6, grading::Random(grading::seed(), "applications"));
  const auto become_whole = [&] {
    store.make_whole();
    store.wait_until_done(4);
  };
  become_whole();
  // A slow machine comes to fewer rounds, and to no other verdict.
  const auto enough = steady_clock::now() + 15s;
  for (std::size_t round = 0; round < 9 && !store.is_slow() && steady_clock::now() < enough;
       ++round) {
    store.run_for(std::chrono::milliseconds(random.below(50)));
    disturb(store, round, random);
    become_whole();
  }
  store.read_everything();
}

}  // namespace
}  // namespace octet::store
