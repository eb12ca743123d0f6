#include <gtest/gtest.h>

#include "runtime/examples/primary_backup.h"
#include "runtime/examples/searches.h"

namespace octet::search {
namespace {

using namespace examples::primary_backup;

using examples::primary_backup_model;

TEST(SearchPrimaryBackup, PersistThenSendIsSafe) {
  const Result result = explore(primary_backup_model(false, 3));
  EXPECT_TRUE(result.exhausted()) << result.story();
  EXPECT_TRUE(result.reached("all is stored"));
}

TEST(SearchPrimaryBackup, SendThenPersistIsSafeWithoutCrashes) {
  EXPECT_TRUE(explore(primary_backup_model(true, 0)).exhausted());
}

TEST(SearchPrimaryBackup, SendThenPersistIsFoundByTheShortestRun) {
  const Result result = explore(primary_backup_model(true, 1));
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
  const Result result = explore(primary_backup_model(true, 1));
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
  const Model model = primary_backup_model(true, 1);
  const Result result = explore_randomly(model, 7, {.max_states = 100'000, .max_depth = 30});
  EXPECT_EQ(result.violation, explore(model).violation);
}

}  // namespace
}  // namespace octet::search
