#include <gtest/gtest.h>

#include <chrono>

#include "tools/view/picture/labels.h"
#include "tools/view/picture/tests/small_runs.h"
#include "tools/view/picture/typeset.h"

/// What stands beside the marks, and where.
namespace octet::view {
namespace {

using namespace std::chrono_literals;
using trace::Event;
using trace::Trace;
using Kind = Event::Kind;
using Texts = std::vector<std::string>;

TEST(Labels, EveryEventOfTheStoryHasItsLabel) {
  Trace trace = one_message();
  trace.events.push_back(arrival(2ms));
  trace.events.push_back({.kind = Kind::emit, .node = 3, .name = "Heard", .json = "{}"});
  trace.events.push_back({.kind = Kind::input, .node = 2, .name = "Ask", .json = "[1,2]"});
  trace.events.push_back({.kind = Kind::undecodable, .node = 2, .peer = 1});
  trace.events.push_back({.kind = Kind::cut, .node = 2, .peer = 1});
  trace.events.push_back({.kind = Kind::heal, .node = 2, .peer = 1});
  trace.events.push_back({.kind = Kind::pause, .node = 2});
  trace.events.push_back({.kind = Kind::resume, .node = 2});
  trace.events.push_back({.kind = Kind::clock, .node = 2, .text = "jumps"});
  trace.events.push_back({.kind = Kind::disk, .node = 2, .text = "slow"});
  trace.events.push_back({.kind = Kind::fail, .node = 2, .text = "out of range"});
  trace.events.push_back({.kind = Kind::persist, .node = 1, .name = "Vote", .json = "{}"});
  trace.events.push_back({.kind = Kind::crash, .node = 1});
  trace.events.push_back({.kind = Kind::restart, .node = 1});
  trace.events.push_back({.kind = Kind::start, .node = 1});
  trace.events.push_back(loss(3ms));
  trace.events.push_back({.kind = Kind::note, .text = "half of it is done"});
  EXPECT_EQ(texts(picture(trace), "label"),
            (Texts{"fires Due", "Ping {number: 1, why: &quot;now&quot;}", "tells Heard",
                   "asked Ask [1, 2]", "bytes that are no message", "cut off from node 1",
                   "reaches node 1 again", "paused", "goes on", "clock: jumps", "disk: slow",
                   "FAILS: out of range", "writes Vote", "CRASH", "restarts", "starts",
                   "Ping to node 3 is lost: a cut", "half of it is done"}));
}

TEST(Labels, LabelsStayInThePictureAndApart) {
  for (const std::uint32_t size : {1, 2, 5, 12, 40}) {
    const Trace trace = crowd(size);
    const Layout layout = layout_of(trace);
    EXPECT_LE(layout.width, 1000);
    double last_bottom = 0;
    for (const Label& label : layout.labels) {
      const double width = width_of(label.text, label_size);
      const double left = label.is_left ? label.at.x - width : label.at.x;
      EXPECT_GT(left, Layout::time_right) << label.text;
      EXPECT_LT(left + width, layout.width) << label.text;
      EXPECT_GE(label.at.y - 10, last_bottom) << label.text;
      EXPECT_GT(width, 40) << label.text;
      last_bottom = label.at.y + 3;
    }
  }
}

TEST(Labels, ANoteIsASentenceAndMayBeLonger) {
  const std::string sentence = "half of the servers have it, and none of them has said so yet";
  Trace trace{.nodes = {1, 2, 3, 4}};
  for (const NodeId node : trace.nodes) trace.events.push_back({.kind = Kind::start, .node = node});
  trace.events.push_back({.kind = Kind::note, .text = sentence});
  trace.events.push_back({.kind = Kind::fire, .node = 1, .name = sentence});
  const Texts labels = texts(picture(trace), "label");
  EXPECT_EQ(labels[4], sentence);
  EXPECT_EQ(labels[5].substr(0, 11), "fires half ");
  EXPECT_LT(labels[5].size(), 60u);
}

TEST(Labels, ALabelKeepsAwayFromArrows) {
  Trace trace{.nodes = {1, 2, 3}};
  trace.events.push_back({.kind = Kind::start, .node = 1});
  trace.events.push_back({.kind = Kind::send, .at = 1ms, .node = 3, .peer = 2, .id = 1});
  trace.events.push_back(
      {.kind = Kind::deliver, .at = 2ms, .node = 2, .peer = 3, .id = 1, .name = "Ping"});
  EXPECT_TRUE(layout_of(trace).labels[1].is_left);
  trace.events[1].node = trace.events[2].peer = 1;
  EXPECT_FALSE(layout_of(trace).labels[1].is_left);
}

TEST(Labels, LabelsThatMakeWayForArrowsDoNotMeet) {
  const std::string json = R"({"words":"so that there is no room on the left"})";
  Trace trace{
      .nodes = {1, 2, 3, 4},
      .events = {{.kind = Kind::start, .node = 2},
                 {.kind = Kind::send, .at = 1ms, .node = 2, .peer = 1, .id = 1},
                 {.kind = Kind::deliver,
                  .at = 2ms,
                  .node = 1,
                  .peer = 2,
                  .id = 1,
                  .name = "In",
                  .json = json},
                 {.kind = Kind::input, .at = 3ms, .node = 1, .name = "Ask", .json = json},
                 {.kind = Kind::send, .at = 3ms, .node = 1, .peer = 2, .id = 2, .cause = 4},
                 {.kind = Kind::deliver, .at = 4ms, .node = 2, .peer = 1, .id = 2, .name = "Out"}}};
  for (const NodeId other : {3, 4}) trace.events.push_back({.kind = Kind::start, .node = other});
  const Layout layout = layout_of(trace);
  const Label in = layout.labels[1];
  const Label ask = layout.labels[2];
  EXPECT_GT(in.at.y, place_of_mark(layout, Kind::input).y - 32 + 6) << "below its arrow";
  EXPECT_LT(ask.at.y, place_of_mark(layout, Kind::input).y - 2) << "above its arrow";
  EXPECT_GE(ask.at.y - in.at.y, 14);
}

}  // namespace
}  // namespace octet::view
