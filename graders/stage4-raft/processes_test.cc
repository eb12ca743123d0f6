#include <algorithm>
#include <chrono>
#include <vector>

#include "graders/dsl/graded_test.h"
#include "graders/stage4-raft/processes.h"

/// The store as it is run: processes, sockets and files.
namespace octet::kv {
namespace {

using namespace std::chrono_literals;
using std::chrono::steady_clock;

std::vector<NodeId> some(std::vector<NodeId> of, std::size_t count, grading::Random& random) {
  for (std::size_t i = 0; i < count; ++i) std::swap(of[i], of[i + random.below(of.size() - i)]);
  of.resize(count);
  return of;
}

void disturb(KvProcesses& store, std::size_t round, grading::Random& random) {
  const std::vector<NodeId>& servers = store.servers();
  switch (round % 5) {
    case 0:
      return store.kill(servers);
    case 1:
      return store.pause(some(servers, 1 + random.below(4), random));
    case 2:
      return store.kill(some(servers, 1 + random.below(4), random));
    case 3:
      store.kill(some(store.clients(), 1, random));
      return store.pause(some(servers, 1 + random.below(2), random));
    default:
      return store.kill(some(servers, 3, random));
  }
}

GRADED_TEST(Processes, KilledStoppedAndStarted, 1,
            "five servers over TCP, killed by kill -9, stopped and started again, keep what they "
            "have acknowledged; what clients get is linearizable, and calls are done when all is "
            "whole (KV1, KV2, KV5, KV6)") {
  grading::Random random(grading::seed(), "processes");
  KvProcesses store(5, 3, grading::Random(grading::seed(), "calls"));
  store.wait_until_done(3);
  // A slow machine comes to fewer rounds, and to no other verdict.
  const auto enough = steady_clock::now() + 15s;
  for (std::size_t round = 0; round < 5 && steady_clock::now() < enough; ++round) {
    store.run_for(std::chrono::milliseconds(random.below(50)));
    disturb(store, round, random);
    store.run_for(150ms);
    store.make_whole();
    store.wait_until_done(3);
    store.check();
  }
}

}  // namespace
}  // namespace octet::kv
