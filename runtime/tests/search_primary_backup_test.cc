#include <gtest/gtest.h>

#include <algorithm>

#include "runtime/erase/erased_node.h"
#include "runtime/examples/primary_backup.h"
#include "runtime/search/explorer.h"

namespace octet::search {
namespace {

using namespace examples::primary_backup;

/// Answers before the entry is on its disk.
class HastyReplica : public Replica {
 public:
  using Replica::on;
  using Replica::Replica;

  void on(const Copy& copy, NodeId from, examples::primary_backup::Context& ctx) {
    Replica::on(copy, from, ctx);
    std::reverse(ctx.effects().begin(), ctx.effects().end());
  }
};

template <class Node>
Model pair_of(std::uint32_t max_crashes) {
  Model model{.nodes = {1, 2},
              .make = [](NodeId) { return make_node(Node({.primary = 1, .backup = 2})); },
              .inputs = {{1, encode(Protocol::Input(Append{"x"}))},
                         {1, encode(Protocol::Input(Append{"y"}))}},
              .max_crashes = max_crashes,
              .max_copies = 1};
  model.goal("all is stored", [](const Snapshot& at) {
    return at.records<Protocol::Record>(2).size() == 2 &&
           at.outputs<Protocol::Output>(1).size() == 2;
  });
  return model.invariant("what is counted is stored", [](const Snapshot& at) {
    const auto* primary = at.view<Replica::View>(1);
    const std::size_t stored = at.records<Protocol::Record>(2).size();
    if (primary == nullptr || primary->copied <= stored) return std::string();
    return "the primary counts " + std::to_string(primary->copied) + ", the backup's disk has " +
           std::to_string(stored);
  });
}

TEST(SearchPrimaryBackup, PersistThenSendIsSafe) {
  const Result result = explore(pair_of<Replica>(3));
  EXPECT_TRUE(result.exhausted()) << result.story();
  EXPECT_TRUE(result.reached("all is stored"));
}

TEST(SearchPrimaryBackup, SendThenPersistIsSafeWithoutCrashes) {
  EXPECT_TRUE(explore(pair_of<HastyReplica>(0)).exhausted());
}

TEST(SearchPrimaryBackup, SendThenPersistIsFoundByTheShortestRun) {
  const Result result = explore(pair_of<HastyReplica>(1));
  const Bytes append = encode(Protocol::Input(Append{"x"}));
  const Bytes copy = encode(Protocol::Message(Copy{1, "x"}));
  const Bytes copied = encode(Protocol::Message(Copied{1}));
  using Kind = Step::Kind;
  EXPECT_EQ(result.trace,
            (std::vector<Step>{
                {.kind = Kind::start, .node = 1},
                {.kind = Kind::start, .node = 2},
                {.kind = Kind::input, .node = 1, .bytes = append},
                {.kind = Kind::deliver, .node = 2, .from = 1, .bytes = copy, .crash_after = 1},
                {.kind = Kind::deliver, .node = 1, .from = 2, .bytes = copied},
            }));
}

TEST(SearchPrimaryBackup, TheStoryIsTold) {
  const Result result = explore(pair_of<HastyReplica>(1));
  EXPECT_EQ(
      result.story(),
      R"("what is counted is stored" does not hold: the primary counts 1, the backup's disk has 0
   1. node 1 starts
       shows {"is_primary":true,"log":[],"copied":0}
   2. node 2 starts
       shows {"is_primary":false,"log":[],"copied":0}
   3. node 1 is asked for Append{"entry":"x"}
       saves Entry{"entry":"x"}
       sends Copy{"number":1,"entry":"x"} to 2
       sets ResendDue{}
       shows {"is_primary":true,"log":["x"],"copied":0}
   4. node 2 receives Copy{"number":1,"entry":"x"} from 1
       sends Copied{"upto":1} to 1
       crashes before it saves Entry{"entry":"x"}
   5. node 1 receives Copied{"upto":1} from 2
       emits Stored{"number":1}
       cancels ResendDue{}
       shows {"is_primary":true,"log":["x"],"copied":1}
)" + result.summary() +
          "\n");
}

TEST(SearchPrimaryBackup, WalksAtRandomFindItToo) {
  const Model model = pair_of<HastyReplica>(1);
  const Result result = explore_randomly(model, 7, {.max_states = 100'000, .max_depth = 30});
  EXPECT_EQ(result.violation, explore(model).violation);
}

}  // namespace
}  // namespace octet::search
