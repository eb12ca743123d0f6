#include "graders/dsl/graded_test.h"
#include "graders/dsl/world/simulate.h"
#include "graders/stage3-partitioning/two_sides.h"

/// When a causal read succeeds (CL4).
namespace octet::store {
namespace {

using namespace std::chrono_literals;
using grading::simulate;
using sim::Envelope;
using sim::World;
using Id = CausalSessions::Id;

/// All copies have the old values, and the near one a new x. The session depends on that.
Id write_new(TwoSides& sides) {
  const Id writer = sides.sessions.open();
  sides.write(writer, sides.here, "x", "old");
  sides.write(writer, sides.here, "y", "y");
  sides.world.run_for(sides.store.repaired());
  sides.read(writer, sides.here, "x");
  sides.part();
  sides.write(writer, sides.here, "x", "new");
  return writer;
}

void a_slow_copy_has_it(World& world) {
  TwoSides sides(world);
  const Id session = write_new(sides);
  world.heal();
  const NodeId slow = sides.near.front();
  world.delay([=](const Envelope& message) { return message.from == slow; }, 50ms);
  EXPECT_EQ(sides.read(session, sides.there, "x").values, Values{"new"});
}

void a_copy_is_reached_later(World& world) {
  TwoSides sides(world);
  const Id session = write_new(sides);
  const std::size_t read = sides.sessions.get(session, sides.there, "x");
  world.run_for(sides.store.config().patience / 3).heal();
  EXPECT_EQ(sides.store.got(read).values, Values{"new"});
}

/// The session has to do without x. Everything else goes on.
void no_copy_has_it(World& world) {
  TwoSides sides(world);
  const Id session = write_new(sides);
  const std::size_t read = sides.sessions.get(session, sides.there, "x");
  const Id other = sides.sessions.open();
  EXPECT_EQ(sides.read(other, sides.there, "x").values, Values{"old"});
  EXPECT_EQ(sides.store.got(sides.store.get(sides.there, "x")).values, Values{"old"});
  sides.store.wait(read);
  EXPECT_EQ(sides.read(session, sides.there, "y").values, Values{"y"});
  sides.write(session, sides.there, "x", "newest");
  sides.try_to_read(session, sides.there, "x");
  world.heal();
  EXPECT_EQ(sides.read(session, sides.there, "x").values, (Values{"new", "newest"}));
}

/// The copy that is asked has the old value, and gets the new one before the request's patience
/// ends.
void a_copy_learns_of_it(World& world) {
  Config config = with_quorums(1, 1);
  config.patience = 30s;
  StoreCluster store(world, {.nodes = 5, .config = config});
  CausalSessions sessions(world, store);
  const std::vector<NodeId> owners = store.owners("x");
  const NodeId here = store.others("x").front();
  const NodeId there = store.others("x").back();
  const Id session = sessions.open();
  store.stored(sessions.put(session, here, "x", "old"));
  world.run_for(store.repaired());
  store.got(sessions.get(session, here, "x"));
  cut(world, {owners[0], here}, {owners[1], owners[2], there});
  store.stored(sessions.put(session, here, "x", "new"));
  const std::size_t read = sessions.get(session, there, "x");
  world.run_for(1s).heal();
  cut(world, {owners[0]}, {there});
  EXPECT_EQ(store.got(read).values, Values{"new"});
}

/// A session has seen keys of all kinds.
void any_key(World& world) {
  TwoSides sides(world);
  const std::vector<std::string> keys = {
      "",       "x",    std::string("\0a", 2), std::string("\0b", 2),
      "\xff\n", ",=;:", std::string(2000, 'k')};
  const Id session = sides.sessions.open();
  for (const std::string& key : keys) sides.write(session, sides.here, key, "value of " + key);
  for (const std::string& key : keys) {
    EXPECT_EQ(sides.read(session, sides.there, key).values, Values{"value of " + key});
  }
}

/// What is no session at all.
void rubbish(World& world) {
  StoreCluster store(world, {.nodes = 4});
  const NodeId node = store.nodes().back();
  const std::string session(40, '\xff');
  for (const std::size_t request : {store.get(node, "x", Level::causal, session),
                                    store.put(node, "x", "1", {}, Level::causal, session),
                                    store.del(node, "x", {}, Level::causal, session)}) {
    EXPECT_TRUE(std::holds_alternative<Failed>(store.wait(request)))
        << "a causal request with a session that no answer gave succeeds";
  }
  store.stored(store.put(node, "x", "2", {}, Level::eventual, session));
  EXPECT_EQ(store.got(store.get(node, "x", Level::strong, session)).values, Values{"2"});
}

GRADED_TEST(Causal, ACopyThatHasItIsFound, 1,
            "a causal read succeeds where a copy that has enough is reached in time, and fails "
            "otherwise; what depends on nothing goes on (CL4)") {
  for (const auto story : {a_slow_copy_has_it, a_copy_is_reached_later, no_copy_has_it,
                           a_copy_learns_of_it, any_key, rubbish}) {
    simulate({}, story);
  }
}

}  // namespace
}  // namespace octet::store
