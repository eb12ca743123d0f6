#include "tools/view/columns.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace octet::view {
namespace {

using nlohmann::json;
using trace::Event;
using Kind = Event::Kind;

const trace::Trace exchange{
    .seed = 18'446'744'073'709'551'615U,
    .nodes = {7, 9},
    .events = {{.kind = Kind::start, .node = 7, .state = R"({"log":[],"term":1})"},
               {.kind = Kind::send,
                .at = Duration(5),
                .node = 7,
                .peer = 9,
                .id = 4,
                .cause = 1,
                .name = "Ping",
                .json = R"({"number":1})"},
               {.kind = Kind::send,
                .at = Duration(5),
                .node = 7,
                .peer = 9,
                .id = 3,
                .cause = 1,
                .name = "Ping",
                .json = R"({"number":1})"},
               {.kind = Kind::deliver,
                .at = Duration(8),
                .node = 9,
                .peer = 7,
                .id = 4,
                .name = "Ping",
                .json = R"({"number":1})",
                .state = R"({"log":[],"term":1})"},
               {.kind = Kind::fire,
                .at = Duration(9),
                .node = 7,
                .name = "Due",
                .json = R"({"number":2})",
                .state = R"({"log":[12],"term":1})"}}};

TEST(Columns, SayHowEachEventDiffersFromTheLast) {
  const json columns = json::parse(view::columns(exchange));
  EXPECT_EQ(columns["seed"], "18446744073709551615");
  EXPECT_EQ(columns["kind"], "aeebc");
  EXPECT_EQ(columns["at"], json({0, 5, 0, 3, 1}));
  EXPECT_EQ(columns["node"], json({7, 7, 7, 9, 7}));
  EXPECT_EQ(columns["id"], json({0, 5, -1, 2, 0}));
  EXPECT_EQ(columns["cause"], json({0, 1, 2, 0, 0}));
  EXPECT_EQ(columns["strings"], json({"", "Ping", "Due"}));
  EXPECT_EQ(columns["content"], json({0, 1, 3, 2, 1}));
  EXPECT_EQ(columns["states"], json({1, 0, 0, 3, 0, 0, 1, 8, 11}));
  EXPECT_EQ(columns["state_texts"],
            json({R"({"log":[],"term":1})", R"({"log":[],"term":1})", "12"}));
}

TEST(Columns, AnOperationIsNoMessageThoughItsIdIsThatOfOne) {
  const json columns = json::parse(view::columns(
      {.nodes = {1},
       .clients = {1, 4},
       .events = {{.kind = Kind::call, .node = 4, .peer = 1, .id = 1, .name = "Put", .json = "7"},
                  {.kind = Kind::send, .node = 1, .peer = 1, .id = 1, .name = "Copy", .json = "8"},
                  {.kind = Kind::result, .node = 4, .id = 1, .name = "ok", .json = "9"},
                  {.kind = Kind::deliver, .node = 1, .id = 1, .name = "Copy", .json = "8"}}}));
  EXPECT_EQ(columns["clients"], json({1, 4}));
  EXPECT_EQ(columns["contents"], json({"7", "8", "9"}));
  EXPECT_EQ(columns["content"], json({1, 1, 1, 2})) << "the last is that of the message's send";
}

TEST(Columns, AStateIsPutTogetherFromTheLastOneAndWhatIsNew) {
  for (const auto& [before, after] :
       std::vector<std::pair<std::string, std::string>>{{"", "abc"},
                                                        {"abc", ""},
                                                        {"aa", "aaa"},
                                                        {"aaa", "aa"},
                                                        {"abc", "abc"},
                                                        {"axc", "ayc"}}) {
    const Delta change = delta(before, after);
    EXPECT_EQ(before.substr(0, change.front) + std::string(change.middle) +
                  before.substr(before.size() - change.back),
              after);
  }
  EXPECT_EQ(delta("\xc3\xa4x", "\xc3\xa4y").front, 0U) << "the page does not count bytes";
}

TEST(Columns, NoStringCanEndTheScript) {
  const std::string hostile = "</script><script>alert(1)</script>\"'\\\n<!--";
  const trace::Trace trace{.title = hostile,
                           .violation = hostile,
                           .plan = {hostile},
                           .nodes = {1},
                           .events = {{.kind = Kind::note,
                                       .name = hostile,
                                       .json = "\"</script>\"",
                                       .state = "\"</script>\"",
                                       .text = hostile}}};
  const std::string columns = view::columns(trace);
  EXPECT_EQ(columns.find('<'), std::string::npos);
  EXPECT_EQ(json::parse(columns)["title"], hostile);
  EXPECT_EQ(json::parse(columns)["contents"][0], "\"</script>\"");
}

TEST(Columns, BytesThatAreNoTextDoNotStopThem) {
  EXPECT_FALSE(json::parse(columns({.title = "\xff\xfe"})).empty());
}

}  // namespace
}  // namespace octet::view
