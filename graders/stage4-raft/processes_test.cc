#include <chrono>
#include <vector>

#include "graders/dsl/graded_test.h"
#include "graders/stage4-raft/processes.h"

/// The store as it is run: processes, sockets and files.
namespace octet::kv {
namespace {

using namespace std::chrono_literals;
using grading::some;
using std::chrono::steady_clock;

/// When all are killed at the same moment, what they had acknowledged is on disks or nowhere. Who
/// is stopped or cut off for longer than an election takes has missed one.
void disturb(KvProcesses& store, std::size_t round, grading::Random& random) {
  const std::vector<NodeId>& servers = store.servers();
  if (round % 2 == 0) {
    store.kill(servers);
    return store.run_for(50ms);
  }
  const std::vector<NodeId> chosen = some(servers, 2 + random.below(3), random);
  if (round % 6 == 1) {
    store.pause(chosen);
  } else if (round % 6 == 3) {
    store.kill(some(store.clients(), 1, random));
    store.kill(chosen);
  } else {
    store.cut_off(chosen);
  }
  store.run_for(350ms);
}

GRADED_TEST(Processes, KilledStoppedAndStarted, 1,
            "five servers over TCP, killed by kill -9, stopped, cut off and started again, keep "
            "what they have acknowledged; what clients get is linearizable, and calls are done "
            "when all is whole (KV1, KV2, KV5, KV6)") {
  grading::Random random(grading::seed(), "processes");
  KvProcesses store(5, 3, grading::Random(grading::seed(), "calls"));
  const auto become_whole = [&] {
    store.make_whole();
    store.wait_until_done(3);
    store.check();
  };
  become_whole();
  // A slow machine comes to fewer rounds, and to no other verdict.
  const auto enough = steady_clock::now() + 15s;
  for (std::size_t round = 0; round < 10 && !store.is_slow() && steady_clock::now() < enough;
       ++round) {
    store.run_for(std::chrono::milliseconds(random.below(50)));
    disturb(store, round, random);
    become_whole();
  }
}

}  // namespace
}  // namespace octet::kv
