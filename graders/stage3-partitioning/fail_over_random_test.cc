#include <memory>
#include <optional>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/random.h"
#include "graders/dsl/world/simulate.h"
#include "graders/stage3-partitioning/replicas.h"

/// Leaders and followers while much is broken.
namespace octet::followers {
namespace {

using namespace std::chrono_literals;
using grading::simulate;
using sim::World;

/// A client that reads anywhere, always with what it has seen last.
struct Session {
  Token seen = {};
  std::optional<std::size_t> read = {};
};

void read_on(Replicas& replicas, NodeId at, Session& session) {
  if (session.read) {
    const auto* value = replicas.answer<Value>(*session.read);
    if (value != nullptr) session.seen = value->token;
    if (replicas.answer<Lost>(*session.read) != nullptr) session.seen = {};
  }
  session.read = replicas.read(at, "counter", session.seen);
}

/// An operator and clients that do not know what is broken: fail-overs at any replica, sometimes
/// one epoch at two, writes and reads anywhere.
void keep_busy(World& world, Replicas& replicas, Duration until) {
  auto random = std::make_shared<grading::Random>(world.seed(), "clients");
  const auto any = [&replicas, random] {
    return replicas.ids()[random->below(replicas.ids().size())];
  };
  for (Duration at = 0ms; at < until; at += 600ms) {
    world.at(at, [&replicas, any, random] {
      const Epoch epoch = replicas.fail_over(any());
      if (random->below(3) == 0) replicas.fail_over(any(), epoch);
    });
  }
  auto session = std::make_shared<Session>();
  for (Duration at = 0ms; at < until; at += 40ms) {
    world.at(at, [&replicas, any, random, session] {
      for (const NodeId id : replicas.ids()) {
        if (random->below(2) == 0) replicas.add(id);
      }
      read_on(replicas, any(), *session);
    });
  }
}

GRADED_TEST(
    FailOver, WhateverIsBroken, 1,
    "all of this holds for any number of replicas, when messages are lost, late or doubled, "
    "links are cut, disks are slow, and replicas pause and crash; and it goes on when that "
    "is over (LF1 to LF8)") {
  struct Group {
    std::size_t replicas;
    std::size_t durable_on;
  };
  for (const auto& [size, durable_on] :
       {Group{1, 1}, Group{2, 1}, Group{2, 2}, Group{3, 1}, Group{3, 2}, Group{3, 3}, Group{4, 2},
        Group{5, 2}, Group{5, 3}, Group{7, 3}}) {
    const sim::Storm storm{.nodes = replicas_of_size(size),
                           .end = 5s,
                           .longest = 1s,
                           .crashes = 4,
                           .torn_handlers = 4,
                           .pauses = 3,
                           .cuts = 3,
                           .partitions = 2,
                           .slow_disks = 2};
    std::size_t acknowledged = 0;
    std::size_t leaders = 0;
    simulate({.options = rough, .storm = storm, .runs = 3}, [&](World& world) {
      Replicas replicas(world, size, {.durable_on = durable_on, .most_entries = 4});
      keep_busy(world, replicas, 5s);
      world.run_for(6s);
      acknowledged += replicas.acknowledgements();
      leaders += replicas.rules().leaders().size();
      world.run_for(3s);
      replicas.expect_agreement();
    });
    EXPECT_GT(acknowledged, 5U) << "the test means little when so little is done";
    EXPECT_GT(leaders, 2U) << "or when hardly anybody leads";
  }
}

}  // namespace
}  // namespace octet::followers
