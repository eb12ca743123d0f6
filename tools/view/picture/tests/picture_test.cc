#include <gtest/gtest.h>

#include <chrono>

#include "runtime/tests/xml_problem.h"
#include "tools/view/picture/tests/small_runs.h"
#include "tools/view/picture/typeset.h"

/// The file as a whole.
namespace octet::view {
namespace {

using namespace std::chrono_literals;
using trace::Event;
using trace::Trace;
using Kind = Event::Kind;
using Texts = std::vector<std::string>;

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
    EXPECT_EQ(xml_problem(picture(trace)), "");
  }
  EXPECT_EQ(xml_problem(picture({})), "") << "nothing happened";
  EXPECT_EQ(xml_problem(picture(crowd(12))), "");
}

TEST(Picture, OfOneTraceHasTheSameBytes) {
  EXPECT_EQ(picture(crowd(9)), picture(crowd(9)));
  EXPECT_NE(picture(crowd(9)), picture(crowd(8)));
}

}  // namespace
}  // namespace octet::view
