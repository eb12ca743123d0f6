#include "tools/replay/steps.h"

#include <gtest/gtest.h>

#include <sstream>

#include "tools/project/errors.h"

namespace octet::replay {
namespace {

using Kind = trace::Event::Kind;

/// Node 1 counts, node 2 hears of it and crashes; client 2, which is somebody else, asks.
trace::Trace run() {
  return {
      .title = "Counter.Counts",
      .world = "simulator",
      .seed = 7,
      .violation = "2 heard nothing",
      .witnesses = {4},
      .replay = "./lab replay 9 Counter.Counts --seed 7",
      .nodes = {1, 2},
      .events = {
          {.kind = Kind::start, .node = 1, .state = R"({"count":0,"log":[]})"},
          {.kind = Kind::start, .node = 2, .state = R"({"count":0})"},
          {.kind = Kind::input, .node = 1, .name = "Add", .state = R"({"count":1,"log":["a"]})"},
          {.kind = Kind::crash, .node = 2},
          {.kind = Kind::call, .node = 2, .peer = 1, .id = 1, .name = "Get"}}};
}

std::string steps(const Selection& selection) {
  std::ostringstream out;
  write_steps(out, run(), selection);
  return out.str();
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST(Steps, EachEventShowsWhatItChanged) {
  const std::string text = steps({});
  EXPECT_TRUE(has(text, "VIOLATED: 2 heard nothing")) << text;
  EXPECT_TRUE(has(text, "node 1    is asked Add by its application\n")) << text;
  EXPECT_TRUE(has(text, "  count: 0, now 1\n")) << text;
  EXPECT_TRUE(has(text, "  log gets \"a\"\n")) << text;
  EXPECT_TRUE(has(text, "     4*")) << text;
  EXPECT_FALSE(has(text, "after event")) << text;
}

TEST(Steps, UntilAnEventShowsWhatNodesKnowThen) {
  const std::string text = steps({.until = 3});
  EXPECT_FALSE(has(text, "crashes")) << text;
  EXPECT_TRUE(has(text, "after event 3:\nnode 1: {\"count\":1,\"log\":[\"a\"]}\n")) << text;
  EXPECT_TRUE(has(text, "node 2: {\"count\":0}\n")) << text;
  EXPECT_TRUE(has(steps({.until = 1}), "node 2: is down\n"));
}

TEST(Steps, OneNodeAlone) {
  const std::string text = steps({.node = 2});
  EXPECT_TRUE(has(text, "node 2    crashes")) << text;
  EXPECT_FALSE(has(text, "node 1 ")) << text;
  EXPECT_FALSE(has(text, "client 2")) << text;
}

TEST(Steps, WhatIsNotThereIsNamed) {
  const auto complaint = [](const Selection& selection) -> std::string {
    try {
      check(run(), selection);
    } catch (const lab::UsageError& error) {
      return error.what();
    }
    return "";
  };
  EXPECT_EQ(complaint({.until = 6}), "there is no event 6: this run has the events 1 to 5");
  EXPECT_EQ(complaint({.until = 0}), "there is no event 0: this run has the events 1 to 5");
  EXPECT_EQ(complaint({.node = 3}), "there is no node 3: this run has the nodes 1, 2");
  EXPECT_EQ(complaint({.until = 4, .node = 2}), "");
}

}  // namespace
}  // namespace octet::replay
