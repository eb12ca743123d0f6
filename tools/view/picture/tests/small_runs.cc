#include "tools/view/picture/tests/small_runs.h"

#include <gtest/gtest.h>

#include <chrono>
#include <sstream>

#include "tools/view/picture/picture.h"

namespace octet::view {

using namespace std::chrono_literals;
using trace::Event;
using trace::Trace;
using Kind = Event::Kind;

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

Trace beats(std::size_t number) {
  Trace trace{.nodes = {1, 2}};
  for (std::size_t i = 0; i < number; ++i) {
    trace.events.push_back(
        {.kind = Kind::deliver, .at = i * 1ms, .node = 1, .peer = 2, .name = "Beat"});
  }
  return trace;
}

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

std::string picture(const Trace& trace) {
  std::ostringstream out;
  write_picture(out, trace);
  return out.str();
}

std::size_t count(const std::string& svg, std::string_view part) {
  std::size_t found = 0;
  for (std::size_t at = 0; (at = svg.find(part, at)) != std::string::npos; ++at) ++found;
  return found;
}

std::vector<std::string> texts(const std::string& svg, std::string_view class_name) {
  std::vector<std::string> all;
  const std::string begin = "<text class='" + std::string(class_name) + "'";
  for (std::size_t at = 0; (at = svg.find(begin, at)) != std::string::npos; ++at) {
    const std::size_t from = svg.find('>', at) + 1;
    all.push_back(svg.substr(from, svg.find('<', from) - from));
  }
  return all;
}

Point place_of_mark(const Layout& layout, Kind kind) {
  std::vector<Point> found;
  for (const Mark& mark : layout.marks) {
    if (mark.event->kind == kind) found.push_back(mark.at);
  }
  EXPECT_EQ(found.size(), 1u) << trace::name_of(kind);
  return found.empty() ? Point{} : found[0];
}

}  // namespace octet::view
