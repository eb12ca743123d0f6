#include <gtest/gtest.h>

#include <sstream>

#include "runtime/erase/erased_node.h"
#include "runtime/examples/primary_backup.h"
#include "runtime/sim/world.h"
#include "runtime/trace/json_lines.h"
#include "runtime/trace/shiviz.h"
#include "runtime/trace/text.h"

namespace octet::trace {
namespace {

using namespace std::chrono_literals;
using namespace examples::primary_backup;

/// A run with everything in it.
Trace stormy_run(std::uint64_t seed) {
  sim::World world(seed, {.network = {.loss = 200'000, .duplication = 200'000}, .trace = true});
  for (const NodeId id : {1, 2}) {
    world.add(id, [] { return make_node(Replica({.primary = 1, .backup = 2})); });
  }
  for (const char* entry : {"one", "two", "\"three\"\n"}) {
    world.input(1, Protocol::Input(Append{entry})).run_for(300ms);
  }
  world.crash(2).run_for(300ms).restart(2).cut_one_way(1, 2).run_for(1s).heal();
  world.pause(1).skew_clock(2, 1000).jump_clock(2, -1h).slow_disk(2, 7ms).run_for(1s).resume(1);
  world.note("the end is near").run_for(2s);
  return {.title = "a stormy run",
          .world = "simulator",
          .seed = seed,
          .violation = "none, really",
          .witnesses = {3, 5},
          .plan = {"crash of 2", "a cut"},
          .replay = "./lab replay",
          .nodes = world.ids(),
          .end = world.now(),
          .events = world.trace()};
}

std::string file_of(const Trace& trace) {
  std::ostringstream out;
  write_json_lines(out, trace);
  return out.str();
}

Trace trace_of(const std::string& file) {
  std::istringstream in(file);
  return read_json_lines(in);
}

std::string problem_of(const std::string& file) {
  try {
    trace_of(file);
    return "";
  } catch (const Unreadable& error) {
    return error.what();
  }
}

TEST(Trace, TwoRunsOfOneSeedHaveTheSameBytes) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    EXPECT_EQ(file_of(stormy_run(seed)), file_of(stormy_run(seed))) << "seed " << seed;
  }
  EXPECT_NE(file_of(stormy_run(1)), file_of(stormy_run(2)));
}

TEST(Trace, ComesBackFromItsFile) {
  const Trace trace = stormy_run(3);
  ASSERT_GT(trace.events.size(), 50U);
  EXPECT_EQ(trace_of(file_of(trace)), trace);
  EXPECT_EQ(trace_of(file_of(Trace())), Trace());
}

TEST(Trace, FilesThatAreNoneAreRefusedWithASentence) {
  const std::string file = file_of(stormy_run(3));
  EXPECT_EQ(problem_of(""), "the trace is empty");
  EXPECT_EQ(problem_of("{}\n"), "this is no trace: its first line has no \"octet_trace\"");
  EXPECT_EQ(problem_of("[1]\n"), "this is no trace: its first line has no \"octet_trace\"");
  EXPECT_EQ(problem_of("{\"octet_trace\":9}\n"),
            "this trace has version 9; this program reads version 1");
  EXPECT_EQ(problem_of("{\"octet_trace\":1}\n{\"events\":4}\n"),
            "the trace has 0 events, not 4 as its last line says");
  EXPECT_NE(problem_of("{\"octet_trace\":1}\n{\"kind\":\"send\"}\n"), "");
  EXPECT_NE(problem_of("{\"octet_trace\":\"one\"}\n"), "");
  for (std::size_t length = 0; length + 1 < file.size(); length += 97) {
    EXPECT_NE(problem_of(file.substr(0, length)), "") << "cut off after " << length << " bytes";
  }
}

TEST(Trace, EveryMessageThatArrivesWasSent) {
  const Trace trace = stormy_run(5);
  std::map<std::uint64_t, int> copies;  // under way, by id
  for (const Event& event : trace.events) {
    if (event.kind == Event::Kind::send) copies[event.id] = 1;
    if (event.kind == Event::Kind::duplicate) ++copies[event.id];
    if (event.kind == Event::Kind::lose || event.kind == Event::Kind::deliver) {
      EXPECT_GE(--copies[event.id], 0);
    }
  }
}

TEST(Trace, VectorClocksKnowWhatHappenedBefore) {
  using Kind = Event::Kind;
  const Trace trace{.nodes = {7, 9},
                    .events = {{.kind = Kind::start, .node = 7},
                               {.kind = Kind::start, .node = 9},
                               {.kind = Kind::send, .node = 7, .peer = 9, .id = 1, .cause = 1},
                               {.kind = Kind::fire, .node = 7},
                               {.kind = Kind::lose, .node = 7, .peer = 9, .id = 2},
                               {.kind = Kind::deliver, .node = 9, .peer = 7, .id = 1},
                               {.kind = Kind::note}}};
  const std::vector<std::vector<std::uint32_t>> expected = {{1, 0}, {0, 1}, {2, 0}, {3, 0},
                                                            {0, 0}, {2, 2}, {0, 0}};
  EXPECT_EQ(vector_clocks(trace), expected);
}

TEST(Trace, EachEventIsALineOfWords) {
  using Kind = Event::Kind;
  const Trace trace{.title = "Ping.Lost",
                    .violation = "nobody\nanswers",
                    .witnesses = {2},
                    .plan = {"a loss"},
                    .nodes = {7, 9},
                    .events = {{.kind = Kind::start, .node = 7},
                               {.kind = Kind::send,
                                .at = 1500us,
                                .node = 7,
                                .peer = 9,
                                .id = 1,
                                .cause = 1,
                                .name = "Ping",
                                .json = "{\"number\":1}"},
                               {.kind = Kind::crash, .node = 9, .text = "1 of 2 writes survive"},
                               {.kind = Kind::note, .text = "two\nlines"}}};
  std::ostringstream out;
  write_text(out, trace);
  EXPECT_EQ(out.str(),
            "Ping.Lost\n"
            "VIOLATED: nobody answers\n"
            "witnesses: #2\n"
            "plan: a loss\n"
            "world: , seed 0, 2 nodes, 4 events, 0.000000 s\n"
            "\n"
            " number           time  node      what happened\n"
            "     1      0.000000 s  node 7    starts\n"
            "     2*     0.001500 s  node 7    sends Ping{\"number\":1} to node 9  (by #1)\n"
            "     3      0.000000 s  node 9    crashes: 1 of 2 writes survive\n"
            "     4      0.000000 s  network   note: two lines\n");
}

TEST(Trace, ShiVizGetsItsParserAndEveryClock) {
  using Kind = Event::Kind;
  const Trace trace{.nodes = {7, 9},
                    .events = {{.kind = Kind::send, .node = 7, .peer = 9, .id = 1, .name = "Ping"},
                               {.kind = Kind::lose, .node = 7, .peer = 9, .id = 1},
                               {.kind = Kind::note, .text = "no clock"},
                               {.kind = Kind::deliver, .node = 9, .peer = 7, .id = 1}}};
  std::ostringstream out;
  write_shiviz(out, trace);
  EXPECT_EQ(out.str(),
            "(?<host>\\S*) (?<clock>{.*})\\n(?<event>.*)\n"
            "\n"
            "node7 {\"node7\":1}\n"
            "#1 0.000000 s sends Ping to node 9\n"
            "node9 {\"node7\":1,\"node9\":1}\n"
            "#4 0.000000 s gets  from node 7\n");
}

}  // namespace
}  // namespace octet::trace
