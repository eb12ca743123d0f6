#include "tools/view/checked_run.h"

#include <gtest/gtest.h>

#include "tools/view/columns.h"

namespace octet::view {
namespace {

using grading::Operation;
using grading::Violation;
using Kind = Operation::Kind;

/// Client 2 does not see what client 1 has put, while another put is under way.
Violation stale_get() {
  const grading::Operations operations = {
      {.client = 1, .kind = Kind::put, .called = 10, .returned = 20, .argument = "a"},
      {.client = 3, .kind = Kind::put, .called = 25, .argument = "b"},
      {.client = 2, .kind = Kind::get, .called = 30, .returned = 40, .result = ""}};
  return {operations, grading::check_linearizability(operations)};
}

TEST(CheckedRun, HasAnEventForEachCallAndReturn) {
  const CheckedRun run = run_of_clients(stale_get(), "a sentence");
  ASSERT_EQ(run.trace.events.size(), 5U);
  EXPECT_EQ(run.trace.violation, "a sentence: get returned \"\" but the value is \"a\"");
  EXPECT_EQ(run.trace.clients.size(), 3U);
  EXPECT_EQ(run.trace.witnesses, (std::vector<std::uint64_t>{4, 5}));
  EXPECT_EQ(run.trace.events[0].json, "\"a\"");
  EXPECT_EQ(run.trace.events[2].kind, trace::Event::Kind::call);
  EXPECT_EQ(run.trace.events[4].id, run.trace.events[3].id);
}

TEST(CheckedRun, MarksWhereOperationsTakeEffect) {
  const Marks marks = run_of_clients(stale_get(), "").marks;
  ASSERT_EQ(marks.effects.size(), 1U);
  EXPECT_EQ(marks.effects[0].call, 1U);
  EXPECT_EQ(marks.effects[0].after, 1U);
  EXPECT_EQ(marks.effects[0].then, "the value is \"a\"");
  EXPECT_EQ(marks.unexplained, 4U);
  EXPECT_EQ(marks.why, "get returned \"\" but the value is \"a\"");
}

TEST(CheckedRun, InAWholeRunPlacesAreEvents) {
  trace::Trace whole;
  whole.events.resize(50);
  const CheckedRun run = run_with_marks(whole, stale_get(), "a sentence");
  EXPECT_EQ(run.trace.events.size(), 50U);
  EXPECT_EQ(run.trace.witnesses, (std::vector<std::uint64_t>{30, 40}));
  EXPECT_EQ(run.marks.effects.at(0).call, 10U);
}

TEST(CheckedRun, MarksAreInTheColumnsOnlyWhenThereAreAny) {
  const CheckedRun run = run_of_clients(stale_get(), "");
  const std::string marked = columns(run.trace, run.marks);
  EXPECT_NE(marked.find("\"marks\":{\"effects\":[[1,1,\"the value is \\\"a\\\"\"]],"
                        "\"unexplained\":4,"),
            std::string::npos)
      << marked;
  EXPECT_EQ(columns(run.trace).find("\"marks\""), std::string::npos);
}

}  // namespace
}  // namespace octet::view
