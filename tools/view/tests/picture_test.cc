#include "tools/view/picture/picture.h"

#include <gtest/gtest.h>

#include <chrono>
#include <sstream>
#include <string>
#include <vector>

#include "tools/view/picture/labels.h"
#include "tools/view/picture/layout.h"
#include "tools/view/picture/typeset.h"
#include "tools/view/tests/well_formed.h"

namespace octet::view {
namespace {

using namespace std::chrono_literals;
using trace::Event;
using trace::Trace;
using Kind = Event::Kind;
using Texts = std::vector<std::string>;

std::string picture(const Trace& trace) {
  std::ostringstream out;
  write_picture(out, trace);
  return out.str();
}

std::size_t count(const std::string& text, std::string_view part) {
  std::size_t found = 0;
  for (std::size_t at = 0; (at = text.find(part, at)) != std::string::npos; ++at) ++found;
  return found;
}

/// What stands in the <text> elements of a class.
Texts texts(const std::string& svg, std::string_view class_name) {
  Texts all;
  const std::string begin = "<text class='" + std::string(class_name) + "'";
  for (std::size_t at = 0; (at = svg.find(begin, at)) != std::string::npos; ++at) {
    const std::size_t from = svg.find('>', at) + 1;
    all.push_back(svg.substr(from, svg.find('<', from) - from));
  }
  return all;
}

/// Where the only mark of this kind is.
Point place_of_mark(const Layout& layout, Kind kind) {
  std::vector<Point> found;
  for (const Mark& mark : layout.marks) {
    if (mark.event->kind == kind) found.push_back(mark.at);
  }
  EXPECT_EQ(found.size(), 1u) << trace::name_of(kind);
  return found.empty() ? Point{} : found[0];
}

/// Node 1 sends at 1 ms, in the handler of a timer, and node 2 may get it.
Trace one_message() {
  return {.title = "Ping.One",
          .nodes = {1, 2, 3},
          .events = {{.kind = Kind::fire, .at = 1ms, .node = 1, .name = "Due", .json = "{}"},
                     {.kind = Kind::send,
                      .at = 1ms,
                      .node = 1,
                      .peer = 3,
                      .id = 7,
                      .cause = 1,
                      .name = "Ping",
                      .json = R"({"number":1,"why":"now"})"}}};
}

Event arrival(Duration at) {
  return {.kind = Kind::deliver,
          .at = at,
          .node = 3,
          .peer = 1,
          .id = 7,
          .name = "Ping",
          .json = R"({"number":1,"why":"now"})"};
}

Event loss(Duration at) {
  return {.kind = Kind::lose, .at = at, .node = 1, .peer = 3, .id = 7, .text = "a cut"};
}

/// So many messages to node 1, one in each millisecond.
Trace beats(std::size_t number) {
  Trace trace{.nodes = {1, 2}};
  for (std::size_t i = 0; i < number; ++i) {
    trace.events.push_back(
        {.kind = Kind::deliver, .at = i * 1ms, .node = 1, .peer = 2, .name = "Beat"});
  }
  return trace;
}

TEST(Picture, EveryEventOfTheStoryHasItsLabel) {
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

TEST(Picture, HasALaneForEachWhoIsInTheStory) {
  Trace trace = beats(2);
  trace.nodes = {3, 2, 1};
  trace.clients = {7, 63};
  trace.events.push_back({.kind = Kind::call, .node = 63, .peer = 1, .id = 1});
  trace.events.push_back({.kind = Kind::input, .node = 1, .cause = 3, .name = "Ask"});
  EXPECT_EQ(texts(picture(trace), "lane"), (Texts{"client 63", "node 2", "node 1"}));
}

TEST(Picture, AnArrowLeavesTheHandlerThatSentAtOnce) {
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

TEST(Picture, AnArrowThatLeavesLaterBeginsBetweenTheRows) {
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

TEST(Picture, TwoCopiesAreTwoArrowsFromOnePlace) {
  Trace trace = one_message();
  trace.events.push_back(arrival(2ms));
  trace.events.push_back(arrival(4ms));
  const Layout layout = layout_of(trace);
  ASSERT_EQ(layout.arrows.size(), 2u);
  EXPECT_EQ(layout.arrows[0].from, layout.arrows[1].from);
  EXPECT_LT(layout.arrows[0].to.y, layout.arrows[1].to.y);
  EXPECT_EQ(count(picture(trace), "<path class='arrow'"), 2u);
}

TEST(Picture, ALostMessageEndsInItsCross) {
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

TEST(Picture, WhatIsLostAtOnceDiesBeforeTheNextLane) {
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

TEST(Picture, WhatACrashCutShortIsUnderWay) {
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

TEST(Picture, ACrashBreaksTheLaneUntilTheRestart) {
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

TEST(Picture, APauseIsABand) {
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

TEST(Picture, AWitnessHasARing) {
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

TEST(Picture, SaysHowManyAreLeftOut) {
  EXPECT_EQ(texts(picture(beats(25)), "gap"), Texts());
  EXPECT_EQ(texts(picture(beats(100)), "gap"), Texts{"\u2026 88 left out"});
}

TEST(Picture, ShowsTimesThatAreNew) {
  Trace trace = beats(2);
  trace.events.push_back({.kind = Kind::emit, .at = 1ms, .node = 1});
  trace.events.push_back({.kind = Kind::emit, .at = 1500us, .node = 1});
  trace.events.push_back({.kind = Kind::emit, .at = 1s + 2ms, .node = 1});
  EXPECT_EQ(texts(picture(trace), "time"), (Texts{"time", "0", "1 ms", "1.5 ms", "1.0020 s"}));
}

TEST(Picture, ACallAndItsResultAreOnTheLaneOfTheClient) {
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

/// Everybody tells everybody something long, and some of it is lost.
Trace crowd(std::uint32_t size) {
  Trace trace;
  for (std::uint32_t i = 1; i <= size; ++i) trace.nodes.push_back(i);
  const std::string json = "{\"words\":\"" + std::string(200, 'x') + "\"}";
  for (std::uint32_t i = 1; i <= size; ++i) {
    const std::uint32_t to = i * 7 % size + 1;
    trace.events.push_back({.kind = Kind::send,
                            .at = i * 1ms,
                            .node = i,
                            .peer = to,
                            .id = i,
                            .name = "Long",
                            .json = json});
    if (i % 3 == 0) {
      trace.events.push_back({.kind = Kind::lose, .at = i * 1ms, .node = i, .peer = to, .id = i});
    } else {
      trace.events.push_back({.kind = Kind::deliver,
                              .at = i * 1ms,
                              .node = to,
                              .peer = i,
                              .id = i,
                              .name = "Long",
                              .json = json});
    }
    trace.events.push_back({.kind = Kind::input, .at = i * 1ms, .node = i, .name = "Ask"});
  }
  trace.witnesses = {trace.events.size()};
  return trace;
}

TEST(Picture, LabelsStayInThePictureAndApart) {
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

TEST(Picture, ANoteIsASentenceAndMayBeLonger) {
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

TEST(Picture, NamesThatHaveNoRoomSideBySideAreSteep) {
  Trace trace;
  for (std::uint32_t i = 1; i <= 25; ++i) trace.events.push_back({.kind = Kind::start, .node = i});
  EXPECT_TRUE(layout_of(trace).has_steep_names);
  EXPECT_EQ(count(picture(trace), "rotate(-50)"), 25u);
  trace.events.resize(5);
  EXPECT_FALSE(layout_of(trace).has_steep_names);
  EXPECT_EQ(count(picture(trace), "rotate(-50)"), 0u);
}

TEST(Picture, ALabelKeepsAwayFromArrows) {
  Trace trace{.nodes = {1, 2, 3}};
  trace.events.push_back({.kind = Kind::start, .node = 1});
  trace.events.push_back({.kind = Kind::send, .at = 1ms, .node = 3, .peer = 2, .id = 1});
  trace.events.push_back(
      {.kind = Kind::deliver, .at = 2ms, .node = 2, .peer = 3, .id = 1, .name = "Ping"});
  EXPECT_TRUE(layout_of(trace).labels[1].is_left);
  trace.events[1].node = trace.events[2].peer = 1;
  EXPECT_FALSE(layout_of(trace).labels[1].is_left);
}

TEST(Picture, LabelsThatMakeWayForArrowsDoNotMeet) {
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

TEST(Picture, FewLanesHaveRoomOnTheLeftToo) {
  Trace trace = beats(1);
  EXPECT_GT(layout_of(trace).lanes[0].x, Layout::time_right + 320);
  for (const NodeId other : {3, 4}) trace.events.push_back({.kind = Kind::start, .node = other});
  EXPECT_LT(layout_of(trace).lanes[0].x, 150);
}

TEST(Picture, TellsTheStoryInWords) {
  Trace trace = one_message();
  trace.violation = "pings are late";
  trace.events.push_back(arrival(2ms));
  const std::string svg = picture(trace);
  EXPECT_NE(svg.find("<title>Ping.One</title>\n<desc>pings are late\n"
                     "0.001000 s  node 1: its timer Due{} fires\n"
                     "0.002000 s  node 3: gets Ping{&quot;number&quot;:1,&quot;why&quot;:"
                     "&quot;now&quot;} from node 1</desc>"),
            std::string::npos)
      << svg;
}

TEST(Picture, SaysWhatWasViolatedInLinesThatFit) {
  Trace trace = beats(1);
  EXPECT_EQ(texts(picture(trace), "verdict"), Texts{"no property was violated"});
  for (int i = 0; i < 40; ++i) trace.violation += "word" + std::to_string(i) + ' ';
  const Texts lines = texts(picture(trace), "verdict");
  ASSERT_GT(lines.size(), 2u);
  EXPECT_EQ(lines[0].substr(0, 10), "\u2715 word0 ");
  for (const std::string& line : lines) EXPECT_LE(width_of(line, 14), layout_of(trace).width - 40);
}

TEST(Picture, IsWellFormedWhateverTheTraceHolds) {
  std::string all;
  for (int byte = 0; byte < 256; ++byte) all += static_cast<char>(byte);
  const std::string surrogate = "\xed\xa0\x80";
  for (const std::string& text :
       Texts{all, "</text><script>&amp;'\"]]>", surrogate + "\xef\xbf\xbf\xc0\xaf\xf4\x90\x80\x80",
             "ends early \xe2\x82", "\xc2\x85 \u00e4 \u6f22 \U0001f600", "\"\\", "{\"open"}) {
    Trace trace = one_message();
    trace.title = trace.violation = trace.events[0].text = trace.events[0].name = text;
    trace.events[1].name = trace.events[1].json = text;
    trace.events.push_back(arrival(2ms));
    trace.events[2].name = trace.events[2].json = text;
    trace.events.push_back(loss(3ms));
    trace.events[3].text = text;
    trace.events.push_back({.kind = Kind::note, .text = text});
    trace.witnesses = {0, 3, 99};
    EXPECT_EQ(problem_of_xml(picture(trace)), "");
  }
  EXPECT_EQ(problem_of_xml(picture({})), "") << "nothing happened";
  EXPECT_EQ(problem_of_xml(picture(crowd(12))), "");
}

TEST(Picture, OfOneTraceHasTheSameBytes) {
  EXPECT_EQ(picture(crowd(9)), picture(crowd(9)));
  EXPECT_NE(picture(crowd(9)), picture(crowd(8)));
}

TEST(WellFormed, NoticesWhatIsNot) {
  EXPECT_EQ(problem_of_xml("<a b='1'><c/>text &lt;</a>\n"), "");
  for (const char* const bad :
       {"<a>\n", "<a></b>\n", "<a b='1' b='2'/>\n", "<a b=1/>\n", "<a>&x;</a>\n", "<a>\x01</a>\n",
        "<a>\xff</a>\n", "<a/><a/>\n", "<a b='<'/>\n"}) {
    EXPECT_NE(problem_of_xml(bad), "") << bad;
  }
}

}  // namespace
}  // namespace octet::view
