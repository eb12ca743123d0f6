#include <gtest/gtest.h>

#include <sstream>
#include <stdexcept>

#include "runtime/examples/searches.h"
#include "runtime/search/explorer.h"
#include "runtime/search/trace_of.h"
#include "runtime/tests/toy.h"
#include "runtime/trace/json_lines.h"
#include "runtime/trace/text.h"

namespace octet::search {
namespace {

using toy::Toy;
using ToyContext = toy::Context;
using Lines = std::vector<std::string>;

/// "node 1 starts", for each event.
Lines lines_of(const trace::Trace& trace) {
  Lines lines;
  for (const trace::Event& event : trace.events) {
    lines.push_back(trace::place_of(event) + " " + trace::in_words(event));
  }
  return lines;
}

/// The run by which the search gets there first, without the nodes' start.
trace::Trace run_to(Model model, std::function<bool(const Snapshot&)> goal) {
  model.goal("there", std::move(goal));
  const Result result = explore(model, {.until_goals = true});
  EXPECT_TRUE(result.reached("there")) << result.story();
  trace::Trace trace = trace_of(model, result);
  trace.events.erase(trace.events.begin(), trace.events.begin() + 2);
  return trace;
}

auto has_heard(NodeId node, int what) {
  return
      [=](const Snapshot& at) { return at.is_up(node) && at.view<Toy::View>(node)->heard == what; };
}

TEST(SearchTrace, TheHastyBackupIsShown) {
  const Model model = examples::primary_backup_model(true, 1);
  std::ostringstream out;
  write_text(out, trace_of(model, explore(model)));
  EXPECT_EQ(out.str(), R"(a run
VIOLATED: "what is counted is stored" does not hold: the primary counts 1, the backup's disk has 0
witnesses: #10 #11
plan: node 2 crashes: before it writes Entry{"entry":"x"} to its disk
world: search, seed 0, 2 nodes, 15 events, 6.000000 s

 number           time  node      what happened
     1      1.000000 s  node 1    starts
     2      2.000000 s  node 2    starts
     3      3.000000 s  node 1    is asked Append{"entry":"x"} by its application
     4      3.000000 s  node 1    writes Entry{"entry":"x"} to its disk  (by #3)
     5      3.000000 s  node 1    its disk has Entry{"entry":"x"}
     6      3.000000 s  node 1    sends Copy{"number":1,"entry":"x"} to node 2  (by #3)
     7      3.000000 s  node 1    sets the timer ResendDue{}  (by #3)
     8      4.000000 s  node 2    gets Copy{"number":1,"entry":"x"} from node 1
     9      4.000000 s  node 2    sends Copied{"upto":1} to node 1  (by #8)
    10*     4.000000 s  node 2    crashes: before it writes Entry{"entry":"x"} to its disk
    11*     5.000000 s  node 1    gets Copied{"upto":1} from node 2
    12      5.000000 s  node 1    tells its application Stored{"number":1}  (by #11)
    13      5.000000 s  node 1    cancels the timer ResendDue{}  (by #11)
    14      6.000000 s  node 1    note: its disk has Entry{"entry":"x"}
    15      6.000000 s  node 2    note: its disk is empty
)");
}

TEST(SearchTrace, ItIsAFileLikeAnyOther) {
  const Model model = examples::primary_backup_model(true, 1);
  const trace::Trace trace = trace_of(model, explore(model));
  std::stringstream file;
  write_json_lines(file, trace);
  EXPECT_EQ(trace::read_json_lines(file), trace);
}

TEST(SearchTrace, StatesStandWithTheirHandlers) {
  const auto trace = run_to(toy::toys({.on_do = [](Toy& toy, int, ToyContext&) { toy.heard = 7; }}),
                            has_heard(1, 7));
  ASSERT_EQ(trace.events.size(), 1U);
  EXPECT_EQ(trace.events[0].state, R"({"heard":7,"restored":0})");
  EXPECT_TRUE(trace.violation.empty() && trace.witnesses.empty() && trace.plan.empty());
}

TEST(SearchTrace, EqualMessagesArriveInTheOrderOfTheirNumbers) {
  const auto trace = run_to(toy::toys({.on_do =
                                           [](Toy&, int, ToyContext& ctx) {
                                             ctx.send(2, toy::Say{1});
                                             ctx.send(2, toy::Say{1});
                                           }}),
                            has_heard(2, 11));
  ASSERT_EQ(trace.events.size(), 5U);
  for (const std::size_t copy : {1U, 2U}) {
    EXPECT_EQ(trace.events[copy].id, copy);
    EXPECT_EQ(trace.events[copy + 2].id, copy);
    EXPECT_EQ(trace.events[copy + 2].kind, trace::Event::Kind::deliver);
  }
}

TEST(SearchTrace, ADuplicateIsOneMessageThatArrivesTwice) {
  Model model = toy::toys({.on_do = [](Toy&, int, ToyContext& ctx) { ctx.send(2, toy::Say{1}); }});
  model.max_duplicates = 1;
  const auto trace = run_to(model, has_heard(2, 11));
  EXPECT_EQ(lines_of(trace), (Lines{"node 1 is asked Do{\"number\":1} by its application",
                                    "node 1 sends Say{\"number\":1} to node 2",
                                    "node 1 its message to node 2 is under way twice",
                                    "node 2 gets Say{\"number\":1} from node 1",
                                    "node 2 gets Say{\"number\":1} from node 1"}));
  for (std::size_t i = 1; i < 5; ++i) EXPECT_EQ(trace.events[i].id, 1U);
  EXPECT_EQ(trace.plan, Lines{"node 1 its message to node 2 is under way twice"});
}

TEST(SearchTrace, LossesSayWhy) {
  Model model = toy::toys({.on_do = [](Toy& toy, int, ToyContext& ctx) {
    toy.heard = 1;
    ctx.send(2, toy::Say{1});
    ctx.send(2, toy::Say{1});
    ctx.send(9, toy::Say{1});
  }});
  model.max_losses = 1;
  model.max_copies = 1;
  const auto trace = run_to(model, [](const Snapshot& at) {
    return at.view<Toy::View>(1)->heard == 1 && at.view<Toy::View>(2)->heard == 0 &&
           at.messages().empty();
  });
  const std::string sends = "node 1 sends Say{\"number\":1} to node ";
  const std::string lost = "node 1 its message to node ";
  EXPECT_EQ(lines_of(trace),
            (Lines{"node 1 is asked Do{\"number\":1} by its application", sends + "2", sends + "2",
                   lost + "2 is lost: the model has no more copies in flight", sends + "9",
                   lost + "9 is lost: no such node", lost + "2 is lost: the network loses it"}));
  EXPECT_EQ(trace.events[3].id, trace.events[2].id);
  EXPECT_EQ(trace.events[6].id, trace.events[1].id);
  EXPECT_EQ(trace.plan.size(), 1U) << "only the last is a fault";
}

TEST(SearchTrace, ARestartFindsTheDisk) {
  Model model = toy::toys({.on_do = [](Toy&, int, ToyContext& ctx) {
    ctx.persist(toy::Note{1});
    ctx.compact({toy::Note{2}, toy::Note{3}});
  }});
  model.max_crashes = 1;
  const auto trace = run_to(
      model, [](const Snapshot& at) { return at.is_up(1) && at.view<Toy::View>(1)->restored; });
  EXPECT_EQ(lines_of(trace),
            (Lines{"node 1 is asked Do{\"number\":1} by its application",
                   "node 1 writes Note{\"number\":1} to its disk",
                   "node 1 its disk has Note{\"number\":1}",
                   "node 1 crashes: before it writes compact to its disk: to 2 records",
                   "node 1 restarts", "node 1 starts"}));
  EXPECT_EQ(trace.events.back().state, R"({"heard":0,"restored":1})");
}

TEST(SearchTrace, TimersAndChoicesAreTold) {
  const Model model = toy::toys({.on_do =
                                     [](Toy&, int, ToyContext& ctx) {
                                       ctx.set_timer(toy::Tick{1}, {});
                                       ctx.set_timer(toy::Tick{2}, {});
                                       ctx.cancel_timer(toy::Tick{2});
                                       ctx.cancel_timer(toy::Tick{3});  // is not set
                                     },
                                 .on_tick =
                                     [](Toy& toy, int, ToyContext& ctx) {
                                       toy.heard = static_cast<int>(ctx.choose(3));
                                       toy.heard += static_cast<int>(ctx.choose(3));
                                       ctx.cancel_timer(toy::Tick{1});  // is not set now
                                     }});
  EXPECT_EQ(
      lines_of(run_to(model, has_heard(1, 3))),
      (Lines{"node 1 is asked Do{\"number\":1} by its application",
             "node 1 sets the timer Tick{\"number\":1}", "node 1 sets the timer Tick{\"number\":2}",
             "node 1 cancels the timer Tick{\"number\":2}",
             "node 1 its timer Tick{\"number\":1} fires: chooses 1, 2"}));
}

TEST(SearchTrace, BytesThatAreNothingAreDropped) {
  Model model = toy::toys({}, 0);
  model.inputs = {{1, "rubbish"}};
  model.goal("given", [given = 0](const Snapshot&) mutable { return ++given == 2; });
  const Result result = explore(model, {.until_goals = true});
  const auto trace = trace_of(model, result);
  ASSERT_EQ(trace.events.size(), 3U);
  EXPECT_EQ(trace.events.back().kind, trace::Event::Kind::undecodable);
}

TEST(SearchTrace, AHandlerThatThrowsFails) {
  const Model model = toy::toys(
      {.on_do = [](Toy&, int, ToyContext&) { throw std::runtime_error("no such index"); }});
  const Result result = explore(model);
  const auto trace = trace_of(model, result);
  EXPECT_EQ(trace.violation, result.violation);
  ASSERT_EQ(trace.events.size(), 4U);
  EXPECT_EQ(trace.events.back().kind, trace::Event::Kind::fail);
  EXPECT_EQ(trace.witnesses, std::vector<std::uint64_t>{4});
}

/// Has nothing to show.
struct Shy : Toy {
  View view() const { throw std::runtime_error("not now"); }
};

Model shy(int inputs) {
  Model model = toy::toys({}, inputs);
  model.make = [](NodeId) {
    Shy shy;
    shy.script.on_do = [](Toy& toy, int number, ToyContext& ctx) {
      toy.heard += number;
      ctx.emit(toy::Told{toy.heard});
    };
    return make_node(shy);
  };
  return model;
}

TEST(SearchTrace, AViewThatThrowsLeavesOutTheState) {
  Model model = shy(0);
  model.invariant(
      "", [](const Snapshot& at) { return at.view<Toy::View>(1) == nullptr ? "it is down" : ""; });
  const auto trace = trace_of(model, explore(model));
  EXPECT_EQ(trace.violation, "view() of Shy threw: not now");
  ASSERT_EQ(trace.events.size(), 2U);
  EXPECT_TRUE(trace.events.back().state.empty());
}

TEST(SearchTrace, ARunGoesOnWithoutViews) {
  const auto trace = run_to(
      shy(2), [](const Snapshot& at) { return at.outputs<toy::Protocol::Output>(1).size() == 2; });
  EXPECT_EQ(lines_of(trace).back(), "node 1 tells its application Told{\"number\":3}");
}

TEST(SearchTrace, ANodeThatCannotBeMadeFails) {
  Model model = toy::toys({}, 0);
  model.make = [](NodeId) -> std::unique_ptr<AnyNode> { throw std::runtime_error("no memory"); };
  EXPECT_EQ(lines_of(trace_of(model, explore(model))),
            (Lines{"node 1 starts", "node 1 fails: making node 1 threw: no memory"}));
}

}  // namespace
}  // namespace octet::search
