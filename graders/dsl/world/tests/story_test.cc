#include "graders/dsl/world/story.h"

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace octet::grading {
namespace {

using Kind = trace::Event::Kind;

bool has(const std::string& line, std::string_view text) {
  return line.find(text) != std::string::npos;
}

/// A quiet run of so many messages, one in each millisecond.
trace::Trace messages(int count) {
  trace::Trace trace;
  for (int i = 0; i < count; ++i) {
    trace.events.push_back({.kind = Kind::deliver,
                            .at = std::chrono::milliseconds(i),
                            .node = 1,
                            .peer = 2,
                            .name = "Beat",
                            .json = "{}"});
  }
  return trace;
}

TEST(Story, OfAShortRunIsTheRun) {
  EXPECT_EQ(story_of(messages(2)),
            (std::vector<std::string>{"0.000000 s  node 1: gets Beat{} from node 2",
                                      "0.001000 s  node 1: gets Beat{} from node 2"}));
}

TEST(Story, LeavesOutTheMiddle) {
  const std::vector<std::string> story = story_of(messages(100));
  ASSERT_EQ(story.size(), 13u);
  EXPECT_EQ(story.front(), "... 88 things that happened are left out ...");
}

TEST(Story, ShowsWhatWouldBeASmallGap) {
  EXPECT_EQ(story_of(messages(25)).size(), 25u);
  trace::Trace trace = messages(100);
  trace.events[0].kind = Kind::input;
  trace.events[3].kind = Kind::input;
  EXPECT_TRUE(has(story_of(trace)[4], "84 things")) << story_of(trace)[4];
}

TEST(Story, KeepsFaultsWithWhatCameBefore) {
  trace::Trace trace = messages(100);
  trace.events[50].kind = Kind::crash;
  const std::vector<std::string> story = story_of(trace);
  ASSERT_EQ(story.size(), 19u);
  EXPECT_TRUE(has(story[0], "46 things")) << story[0];
  EXPECT_TRUE(has(story[1], "0.046000 s")) << story[1];
  EXPECT_TRUE(story[5].ends_with("node 1: crashes")) << story[5];
  EXPECT_TRUE(has(story[6], "37 things")) << story[6];
}

TEST(Story, KeepsWhatApplicationsSaidAndHeard) {
  trace::Trace trace = messages(100);
  trace.events[20].kind = Kind::input;
  trace.events[30].kind = Kind::emit;
  const std::vector<std::string> story = story_of(trace);
  ASSERT_EQ(story.size(), 17u);
  EXPECT_TRUE(has(story[1], "is asked Beat{} by its application")) << story[1];
  EXPECT_TRUE(has(story[3], "tells its application Beat{}")) << story[3];
}

TEST(Story, KeepsWitnesses) {
  trace::Trace trace = messages(100);
  trace.events[39].name = "Fatal";
  trace.events[50] = {.kind = Kind::set_timer, .node = 1, .cause = 40, .name = "Due"};
  trace.witnesses = {51, 0, 1000};
  const std::vector<std::string> story = story_of(trace);
  ASSERT_EQ(story.size(), 15u);
  EXPECT_TRUE(has(story[0], "39 things")) << story[0];
  EXPECT_TRUE(has(story[1], "gets Fatal{} from node 2")) << story[1];
  EXPECT_TRUE(has(story[2], "47 things")) << story[2];
}

TEST(Story, ShortensLongContents) {
  trace::Trace trace = messages(1);
  trace.events[0].json = "{\"text\":\"" + std::string(1000, 'x') + "\"}";
  const std::string line = story_of(trace).front();
  EXPECT_LT(line.size(), 200u);
  EXPECT_TRUE(has(line, "xxx... (891 bytes more) from node 2")) << line;
}

}  // namespace
}  // namespace octet::grading
