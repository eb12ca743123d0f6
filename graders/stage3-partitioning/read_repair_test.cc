#include <fmt/format.h>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/world/simulate.h"
#include "graders/stage3-partitioning/repairs.h"

/// What a read does for copies that are behind. Copies are not compared otherwise in these tests.
namespace octet::store {
namespace {

using namespace std::chrono_literals;
using grading::simulate;
using sim::World;

/// Every copy answers a read, and one is enough for a write.
Config read_all(std::size_t copies) {
  Config config;
  config.reads = copies;
  config.writes = 1;
  config.repair = std::chrono::hours(1);
  return config;
}

/// Reads each key at that node. Then all copies have all of it, without another read.
void expect_repaired(World& world, StoreCluster& store, NodeId reader, Level level,
                     const std::map<std::string, Values>& all) {
  for (const auto& [key, values] : all) {
    EXPECT_EQ(store.got(store.get(reader, key, level)).values, values)
        << "of key " << in_quotes(key);
  }
  for (const auto& [key, values] : all) {
    for (const NodeId owner : store.owners(key)) {
      wait_until_held(world, store, owner, key, values, store.settled(),
                      fmt::format("a read at {} has seen that it is behind", name(reader)));
    }
  }
}

/// The last copy misses all kinds of writes, and has one that the others miss.
void miss_some(World& world, StoreCluster& store) {
  const NodeId first = store.owners("x").front();
  const NodeId last = store.owners("x").back();
  store.stored(store.put(first, "replaced", "old"));
  store.stored(store.put(first, "deleted", "old"));
  store.stored(store.put(first, "both", "old"));
  world.run_for(store.settled());
  const std::string replaced = store.got(store.get(first, "replaced")).context;
  const std::string deleted = store.got(store.get(first, "deleted")).context;
  const std::string both = store.got(store.get(first, "both")).context;
  world.isolate(last);
  store.stored(store.put(first, "replaced", "new", replaced));
  store.stored(store.del(first, "deleted", deleted));
  store.stored(store.put(first, "missing", "new"));
  store.stored(store.put(first, "both", "one", both));
  store.stored(store.put(last, "both", "other", both));
  store.stored(store.put(last, "there", "new"));
  world.run_for(store.settled());
  world.heal();
}

GRADED_TEST(ReadRepair, BringsCopiesUpToDate, 1,
            "copies that are behind when they answer a read get what the others have, whoever "
            "coordinates it: values, siblings and deletions (§5)") {
  for (const std::uint32_t copies : {2U, 3U, 5U}) {
    for (const std::size_t reader :
         {std::size_t{0}, std::size_t{copies - 1}, std::size_t{copies}}) {
      const Level level = reader == 0 ? Level::causal : Level::eventual;
      simulate({}, [=](World& world) {
        StoreCluster store(world,
                           {.nodes = copies + 1, .copies = copies, .config = read_all(copies)});
        miss_some(world, store);
        expect_repaired(world, store, store.nodes()[reader], level,
                        {{"replaced", {"new"}},
                         {"deleted", {}},
                         {"missing", {"new"}},
                         {"both", {"one", "other"}},
                         {"there", {"new"}}});
      });
    }
  }
  // The copy that is behind is one of two that answer, and a third one is away.
  simulate({}, [](World& world) {
    Config config = read_all(2);
    config.writes = 2;
    StoreCluster store(world, {.nodes = 4, .config = config});
    const auto owners = store.owners("x");
    world.isolate(owners[2]);
    store.stored(store.put(owners[0], "x", "new"));
    world.run_for(store.settled());
    world.heal().isolate(owners[0]);
    EXPECT_EQ(store.got(store.get(store.nodes().back(), "x")).values, Values{"new"});
    wait_until_held(world, store, owners[2], "x", {"new"}, store.settled(),
                    "a read of two copies has seen that it is behind");
  });
}

/// What the read sends to the last copy comes after everything else.
GRADED_TEST(ReadRepair, LateRepairsChangeNothing, 1,
            "a repair that comes late replaces nothing that is newer or concurrent, and brings "
            "nothing back that was deleted since (AE1)") {
  simulate({}, [](World& world) {
    Config config = read_all(3);
    config.reads = 2;
    StoreCluster store(world, {.nodes = 4, .config = config});
    const NodeId first = store.owners("x").front();
    const NodeId second = store.owners("x")[1];
    const NodeId last = store.owners("x").back();
    const NodeId reader = store.nodes().back();
    const std::vector<std::string> keys = {"replaced", "deleted", "both"};
    world.isolate(last);
    std::map<std::string, std::string> contexts;
    for (const std::string& key : keys) {
      store.stored(store.put(first, key, "OLD"));
      contexts[key] = store.got(store.get(reader, key)).context;
    }
    world.run_for(store.settled());
    world.heal().delay(
        [=](const sim::Envelope& sent) {
          return sent.to == last && sent.bytes.find("OLD") != std::string_view::npos;
        },
        10s);
    // The reader has to ask the copy that is behind. Whether it waits for the repair is its own
    // affair.
    cut(world, {reader}, {second});
    for (const std::string& key : keys) store.get(reader, key);
    world.run_for(store.settled());
    store.stored(store.put(last, "replaced", "new", contexts["replaced"]));
    store.stored(store.del(last, "deleted", contexts["deleted"]));
    store.stored(store.put(last, "both", "mine"));
    world.always("a late repair changes nothing that is newer (AE1)", [&]() -> std::string {
      if (held(store, last, "replaced") == Values{"new"} && held(store, last, "deleted").empty()) {
        return "";
      }
      return fmt::format(
          "{} had \"new\" for one key and had deleted another one, and now has {} "
          "and {}",
          name(last), text_of(held(store, last, "replaced")),
          text_of(held(store, last, "deleted")));
    });
    world.run_for(12s).heal();
    wait_until_held(world, store, last, "both", {"OLD", "mine"}, store.settled(),
                    "they were written without knowing of each other");
  });
}

}  // namespace
}  // namespace octet::store
