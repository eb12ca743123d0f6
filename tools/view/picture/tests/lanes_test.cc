#include <gtest/gtest.h>

#include <chrono>

#include "tools/view/picture/tests/small_runs.h"

/// Who has a line, and what is drawn on it.
namespace octet::view {
namespace {

using namespace std::chrono_literals;
using trace::Event;
using trace::Trace;
using Kind = Event::Kind;
using Texts = std::vector<std::string>;

TEST(Lanes, HasALaneForEachWhoIsInTheStory) {
  Trace trace = beats(2);
  trace.nodes = {3, 2, 1};
  trace.clients = {7, 63};
  trace.events.push_back({.kind = Kind::call, .node = 63, .peer = 1, .id = 1});
  trace.events.push_back({.kind = Kind::input, .node = 1, .cause = 3, .name = "Ask"});
  EXPECT_EQ(texts(picture(trace), "lane"), (Texts{"client 63", "node 2", "node 1"}));
}

TEST(Lanes, NamesThatHaveNoRoomSideBySideAreSteep) {
  Trace trace;
  for (std::uint32_t i = 1; i <= 25; ++i) trace.events.push_back({.kind = Kind::start, .node = i});
  EXPECT_TRUE(layout_of(trace).has_steep_names);
  EXPECT_EQ(count(picture(trace), "rotate(-50)"), 25u);
  trace.events.resize(5);
  EXPECT_FALSE(layout_of(trace).has_steep_names);
  EXPECT_EQ(count(picture(trace), "rotate(-50)"), 0u);
}

TEST(Lanes, FewLanesHaveRoomOnTheLeftToo) {
  Trace trace = beats(1);
  EXPECT_GT(layout_of(trace).lanes[0].x, Layout::time_right + 320);
  for (const NodeId other : {3, 4}) trace.events.push_back({.kind = Kind::start, .node = other});
  EXPECT_LT(layout_of(trace).lanes[0].x, 150);
}

TEST(Lanes, ACrashBreaksTheLaneUntilTheRestart) {
  Trace trace = beats(2);
  trace.events.push_back({.kind = Kind::crash, .node = 1});
  trace.events.push_back({.kind = Kind::note, .text = "down"});
  trace.events.push_back({.kind = Kind::restart, .node = 1});
  trace.events.push_back({.kind = Kind::crash, .node = 2});
  const Layout layout = layout_of(trace);
  ASSERT_EQ(layout.bands.size(), 2u);
  EXPECT_TRUE(layout.bands[0].is_down);
  EXPECT_EQ(layout.bands[0].x, place_of_mark(layout, Kind::restart).x);
  EXPECT_EQ(layout.bands[0].bottom, place_of_mark(layout, Kind::restart).y);
  EXPECT_EQ(layout.bands[0].bottom - layout.bands[0].top,
            2 * (layout.times[1].y - layout.times[0].y));
  EXPECT_EQ(layout.bands[1].bottom, layout.height) << "it never restarts";
  EXPECT_EQ(count(picture(trace), "class='down'"), 2u);
}

TEST(Lanes, APauseIsABand) {
  Trace trace = beats(1);
  trace.events.push_back({.kind = Kind::pause, .node = 1});
  trace.events.push_back({.kind = Kind::resume, .node = 1});
  const Layout layout = layout_of(trace);
  ASSERT_EQ(layout.bands.size(), 1u);
  EXPECT_FALSE(layout.bands[0].is_down);
  EXPECT_EQ(layout.bands[0].top, place_of_mark(layout, Kind::pause).y);
  EXPECT_EQ(layout.bands[0].bottom, place_of_mark(layout, Kind::resume).y);
  EXPECT_EQ(count(picture(trace), "class='paused'"), 1u);
}

TEST(Lanes, AWitnessHasARing) {
  Trace trace = one_message();
  trace.events.push_back(arrival(2ms));
  EXPECT_EQ(count(picture(trace), "class='witness'"), 0u);
  trace.witnesses = {3};
  const Layout layout = layout_of(trace);
  EXPECT_FALSE(layout.marks[0].is_witness);
  EXPECT_TRUE(layout.marks[1].is_witness);
  EXPECT_GT(layout.arrows[0].before_end, 11) << "its arrow ends at the ring";
  EXPECT_EQ(count(picture(trace), "class='witness'"), 1u);
  trace.witnesses = {2};
  EXPECT_TRUE(layout_of(trace).marks[0].is_witness) << "what it did is not told, so it is ringed";
}

TEST(Lanes, SaysHowManyAreLeftOut) {
  EXPECT_EQ(texts(picture(beats(25)), "gap"), Texts());
  EXPECT_EQ(texts(picture(beats(100)), "gap"), Texts{"\u2026 88 left out"});
}

TEST(Lanes, ShowsTimesThatAreNew) {
  Trace trace = beats(2);
  trace.events.push_back({.kind = Kind::emit, .at = 1ms, .node = 1});
  trace.events.push_back({.kind = Kind::emit, .at = 1500us, .node = 1});
  trace.events.push_back({.kind = Kind::emit, .at = 1s + 2ms, .node = 1});
  EXPECT_EQ(texts(picture(trace), "time"), (Texts{"time", "0", "1 ms", "1.5 ms", "1.0020 s"}));
}

}  // namespace
}  // namespace octet::view
