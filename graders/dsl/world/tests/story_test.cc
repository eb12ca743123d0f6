#include "graders/dsl/world/story.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

namespace octet::grading {
namespace {

using Kind = trace::Event::Kind;
using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;

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
  EXPECT_THAT(story_of(messages(2)), ElementsAre("0.000000 s  node 1: gets Beat{} from node 2",
                                                 "0.001000 s  node 1: gets Beat{} from node 2"));
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
  EXPECT_THAT(story_of(trace)[4], HasSubstr("84 things"));
}

TEST(Story, KeepsFaultsWithWhatCameBefore) {
  trace::Trace trace = messages(100);
  trace.events[50].kind = Kind::crash;
  const std::vector<std::string> story = story_of(trace);
  ASSERT_EQ(story.size(), 19u);
  EXPECT_THAT(story[0], HasSubstr("46 things"));
  EXPECT_THAT(story[1], HasSubstr("0.046000 s"));
  EXPECT_THAT(story[5], EndsWith("node 1: crashes"));
  EXPECT_THAT(story[6], HasSubstr("37 things"));
}

TEST(Story, KeepsWhatApplicationsSaidAndHeard) {
  trace::Trace trace = messages(100);
  trace.events[20].kind = Kind::input;
  trace.events[30].kind = Kind::emit;
  const std::vector<std::string> story = story_of(trace);
  ASSERT_EQ(story.size(), 17u);
  EXPECT_THAT(story[1], HasSubstr("is asked Beat{} by its application"));
  EXPECT_THAT(story[3], HasSubstr("tells its application Beat{}"));
}

TEST(Story, ShortensLongContents) {
  trace::Trace trace = messages(1);
  trace.events[0].json = "{\"text\":\"" + std::string(1000, 'x') + "\"}";
  const std::string line = story_of(trace).front();
  EXPECT_LT(line.size(), 200u);
  EXPECT_THAT(line, HasSubstr("xxx... (891 bytes more) from node 2"));
}

}  // namespace
}  // namespace octet::grading
