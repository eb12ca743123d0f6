#include "graders/dsl/history/report.h"

#include <gtest/gtest.h>

#include "graders/dsl/history/check_history.h"
#include "graders/dsl/history/value_text.h"

namespace octet::grading {
namespace {

using Kind = Operation::Kind;

/// One client after the other.
History history_of_steps(std::vector<Operation> steps) {
  History history;
  std::size_t place = 0;
  for (Operation& each : steps) {
    each.line = place + 1;
    each.called = ++place;
    each.returned = ++place;
    history.add("x", each);
  }
  return history;
}

std::string told(const History& history) {
  const CheckedHistory checked = check_history(history);
  const Violation violation = first_violation(history.objects.at(checked.object), checked.found);
  return sentence_of(violation, history, checked.object) + '\n' + ways_of(violation, history) +
         events_of(shrink(violation), violation, history);
}

TEST(Report, OfAStaleGet) {
  EXPECT_EQ(told(history_of_steps({{.client = 1, .kind = Kind::put, .argument = "a"},
                                   {.client = 2, .kind = Kind::get, .result = "a"},
                                   {.client = 1, .kind = Kind::append, .argument = "b"},
                                   {.client = 2, .kind = Kind::get, .result = "a"}})),
            "get of key \"x\" returned \"a\", which nothing explains (client 2, line 7)\n"
            "  1.\n"
            "    put \"a\" is done (client 1, line 1)\n"
            "    get returned \"a\" (client 2, line 3)\n"
            "    append \"b\" is done (client 1, line 5)\n"
            "    the value is \"ab\"\n"
            "    get returned \"a\" but the value is \"ab\"\n"
            "3 of the 4 operations until then show it:\n"
            "    client 1 calls put \"a\" (line 1)\n"
            "    client 1: put \"a\" is done\n"
            "    client 1 calls append \"b\" (line 5)\n"
            "    client 1: append \"b\" is done\n"
            "    client 2 calls get (line 7)\n"
            "    client 2: get returned \"a\"   <--\n");
}

TEST(Report, SaysWhyWhatIsPendingDoesNotHelp) {
  History history = history_of_steps({{.client = 1, .kind = Kind::enqueue, .argument = "a"},
                                      {.client = 2, .kind = Kind::dequeue, .result = "c"}});
  history.add("x", {.client = 3, .kind = Kind::enqueue, .called = 3, .argument = "c", .line = 9});
  const std::string text = told(history);
  EXPECT_NE(text.find("in the queue: \"a\"\n    dequeue returned \"c\" but the first is \"a\"\n"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("after enqueue \"c\" (client 3, line 9): dequeue returned \"c\" but the "
                      "first is \"a\"\n"),
            std::string::npos)
      << text;
}

TEST(Report, BlamesTheDequeueAndNotTheEnqueueBeforeIt) {
  const std::string text =
      told(history_of_steps({{.client = 1, .kind = Kind::enqueue, .argument = "a"},
                             {.client = 1, .kind = Kind::enqueue, .argument = "b"},
                             {.client = 2, .kind = Kind::dequeue, .result = "b"},
                             {.client = 2, .kind = Kind::dequeue, .result = "a"}}));
  EXPECT_TRUE(text.starts_with("dequeue of queue \"x\" returned \"b\", which nothing explains"))
      << text;
}

TEST(Report, OfALockThatTwoHave) {
  const std::string text = told(history_of_steps(
      {{.client = 1, .kind = Kind::acquire}, {.client = 2, .kind = Kind::acquire}}));
  EXPECT_NE(text.find("acquire of lock \"x\" got the lock, which nothing explains"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("acquire got the lock but client 1 has it"), std::string::npos) << text;
}

TEST(ValueText, LongValuesAreCutToWhereTheyDiffer) {
  const std::string same(100, 's');
  EXPECT_EQ(short_text(same),
            "\"" + std::string(24, 's') + "\" ... \"" + std::string(24, 's') + "\" (100 bytes)");
  const auto [one, other] = short_where_they_differ(same + "b", same);
  EXPECT_EQ(one, "...\"" + std::string(24, 's') + "b\"");
  EXPECT_EQ(other, "...\"" + std::string(24, 's') + "\"");
}

TEST(ValueText, CharactersStayWhole) {
  std::string umlauts;
  for (int i = 0; i < 50; ++i) umlauts += "\u00e4";
  EXPECT_EQ(short_text("x" + umlauts).find("\\u00"), std::string::npos);
}

}  // namespace
}  // namespace octet::grading
