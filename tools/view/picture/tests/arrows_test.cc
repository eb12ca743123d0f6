#include <gtest/gtest.h>

#include <chrono>

#include "tools/view/picture/tests/small_runs.h"

/// What goes from lane to lane.
namespace octet::view {
namespace {

using namespace std::chrono_literals;
using trace::Event;
using trace::Trace;
using Kind = Event::Kind;

TEST(Arrows, AnArrowLeavesTheHandlerThatSentAtOnce) {
  Trace trace = one_message();
  trace.events.push_back(arrival(2ms));
  const Layout layout = layout_of(trace);
  ASSERT_EQ(layout.arrows.size(), 1u);
  const Arrow arrow = layout.arrows[0];
  EXPECT_EQ(arrow.end, Arrow::End::arrives);
  EXPECT_EQ(arrow.from, place_of_mark(layout, Kind::fire));
  EXPECT_EQ(arrow.to, place_of_mark(layout, Kind::deliver));
  EXPECT_EQ(layout.marks.size(), 2u) << "the send needs no mark of its own";
}

TEST(Arrows, AnArrowThatLeavesLaterBeginsBetweenTheRows) {
  Trace trace = one_message();
  trace.events[1].at = 2ms;
  trace.events.push_back(arrival(3ms));
  const Layout layout = layout_of(trace);
  ASSERT_EQ(layout.arrows.size(), 1u);
  const Point send = place_of_mark(layout, Kind::send);
  EXPECT_EQ(layout.arrows[0].from, send);
  EXPECT_EQ(send.x, place_of_mark(layout, Kind::fire).x);
  EXPECT_GT(send.y, place_of_mark(layout, Kind::fire).y);
  EXPECT_LT(send.y, place_of_mark(layout, Kind::deliver).y);
}

TEST(Arrows, TwoCopiesAreTwoArrowsFromOnePlace) {
  Trace trace = one_message();
  trace.events.push_back(arrival(2ms));
  trace.events.push_back(arrival(4ms));
  const Layout layout = layout_of(trace);
  ASSERT_EQ(layout.arrows.size(), 2u);
  EXPECT_EQ(layout.arrows[0].from, layout.arrows[1].from);
  EXPECT_LT(layout.arrows[0].to.y, layout.arrows[1].to.y);
  EXPECT_EQ(count(picture(trace), "<path class='arrow'"), 2u);
}

TEST(Arrows, ALostMessageEndsInItsCross) {
  Trace trace = one_message();
  trace.events.push_back(loss(2ms));
  const Layout layout = layout_of(trace);
  ASSERT_EQ(layout.arrows.size(), 1u);
  EXPECT_EQ(layout.arrows[0].end, Arrow::End::lost);
  EXPECT_EQ(layout.arrows[0].to, place_of_mark(layout, Kind::lose));
  const std::string svg = picture(trace);
  EXPECT_EQ(count(svg, "<path class='lost-message'"), 1u);
  EXPECT_EQ(count(svg, "<path class='arrow'"), 0u);
  EXPECT_EQ(count(svg, "<g class='lose'"), 1u);
}

TEST(Arrows, WhatIsLostAtOnceDiesBeforeTheNextLane) {
  Trace trace = one_message();
  trace.events.push_back(loss(1ms));
  trace.events.push_back({.kind = Kind::start, .node = 2});
  trace.events.push_back({.kind = Kind::start, .node = 3});
  const Layout layout = layout_of(trace);
  ASSERT_EQ(layout.lanes.size(), 3u);
  const double x = place_of_mark(layout, Kind::lose).x;
  EXPECT_GT(x, layout.lanes[0].x + 20);
  EXPECT_LT(x, layout.lanes[1].x - 20);
  trace.events[2].at = 2ms;
  EXPECT_LT(layout_of(trace).lanes[2].x - place_of_mark(layout_of(trace), Kind::lose).x, 20)
      << "later it dies where it was to arrive";
}

TEST(Arrows, WhatACrashCutShortIsUnderWay) {
  Trace trace = one_message();
  trace.events.push_back({.kind = Kind::crash, .at = 1ms, .node = 1});
  const Layout layout = layout_of(trace);
  ASSERT_EQ(layout.arrows.size(), 1u);
  EXPECT_EQ(layout.arrows[0].end, Arrow::End::under_way);
  EXPECT_EQ(layout.arrows[0].from, place_of_mark(layout, Kind::send));
  EXPECT_EQ(texts(picture(trace), "label")[1], "sends Ping {number: 1, why: &quot;now&quot;}");
  trace.events.push_back(arrival(2ms));
  ASSERT_EQ(layout_of(trace).arrows.size(), 1u);
  EXPECT_EQ(layout_of(trace).arrows[0].end, Arrow::End::arrives);
}

TEST(Arrows, ACallAndItsResultAreOnTheLaneOfTheClient) {
  const Trace trace{
      .nodes = {1},
      .clients = {1},
      .events = {{.kind = Kind::call, .node = 1, .peer = 1, .id = 1, .name = "Ask"},
                 {.kind = Kind::input, .node = 1, .cause = 1, .name = "Ask"},
                 {.kind = Kind::emit, .node = 1, .cause = 2, .name = "Answered"},
                 {.kind = Kind::result, .node = 1, .id = 1, .cause = 3, .name = "ok"}}};
  const Layout layout = layout_of(trace);
  ASSERT_EQ(layout.arrows.size(), 2u);
  EXPECT_EQ(layout.arrows[0].from, place_of_mark(layout, Kind::call));
  EXPECT_EQ(layout.arrows[0].to, place_of_mark(layout, Kind::input));
  EXPECT_EQ(layout.arrows[1].from, place_of_mark(layout, Kind::emit));
  EXPECT_EQ(layout.arrows[1].to, place_of_mark(layout, Kind::result));
  EXPECT_LT(place_of_mark(layout, Kind::call).x, place_of_mark(layout, Kind::input).x);
}

}  // namespace
}  // namespace octet::view
