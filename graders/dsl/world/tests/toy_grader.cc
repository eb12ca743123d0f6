// A grader of nodes in the simulator whose tests fail in every way in which one can.
#include <chrono>
#include <csignal>
#include <cstdint>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/stage.h"
#include "graders/dsl/world/search.h"
#include "graders/dsl/world/simulate.h"
#include "runtime/check.h"
#include "runtime/erase/erased_node.h"
#include "runtime/examples/ping.h"
#include "runtime/examples/storms.h"
#include "runtime/tests/toy.h"

namespace {

using namespace octet;
using namespace octet::grading;
using namespace std::chrono_literals;

/// Plays two toys; toy 1 is told to do 1.
void play_toys(sim::World& world, toy::Toy::Script script) {
  for (const NodeId id : {1, 2}) {
    world.add(id, [script] { return make_node(toy::Toy{.script = script}); });
  }
  world.input(1, toy::Protocol::Input(toy::Do{1}));
  world.run_for(1s);
}

void play_storms(bool is_hasty) {
  const Experiment experiment = examples::primary_backup_at_work(1, is_hasty);
  Trial trial{.options = experiment.options,
              .storm = {.nodes = {1, 2}, .crashes = 10, .torn_handlers = 10, .cuts = 5},
              .runs = 20};
  trial.options.max_events = 1'000'000;
  simulate(trial, experiment.play);
}

GRADED_TEST(Passes, EveryStorm, 10, "a correct pair passes every storm") {
  play_storms(false);
}

GRADED_TEST(Fails, Storm, 10, "what is counted is stored") {
  play_storms(true);
}

GRADED_TEST(Fails, Expectation, 10, "what the test expects") {
  simulate({}, [](sim::World& world) {
    tell("nobody says a thing");
    play_toys(world, {});
    EXPECT_EQ(world.view<toy::Toy::View>(2).heard, 7) << "it heard nothing";
    for (const Duration later : {1s, 2s, 3s}) {
      world.at(world.now() + later, [&] { world.note("this is later"); });
    }
    world.run_for(10s);
    world.note("this is after the end");
    EXPECT_TRUE(false) << "a second reason";
  });
}

GRADED_TEST(Fails, GivesUp, 5, "the test gives up") {
  simulate({}, [](sim::World&) { fail("nobody answered within 3 s"); });
}

GRADED_TEST(Fails, Throws, 5, "a handler throws") {
  simulate({}, [](sim::World& world) {
    play_toys(world, {.on_do = [](toy::Toy&, int, toy::Context&) {
                throw std::out_of_range("index 9 of 3");
              }});
  });
}

GRADED_TEST(Fails, NotWritten, 10, "a handler is not there yet") {
  simulate({}, [](sim::World& world) {
    play_toys(world, {.on_do = [](toy::Toy&, int, toy::Context&) { YOUR_CODE_HERE; }});
  });
}

int calls = 0;

GRADED_TEST(Fails, NotRepeatable, 10, "a node keeps something outside of itself") {
  simulate({}, [](sim::World& world) {
    play_toys(world,
              {.on_do = [](toy::Toy&, int, toy::Context& ctx) { ctx.send(2, toy::Say{++calls}); }});
  });
}

GRADED_TEST(Fails, Endless, 10, "a node is busy for ever") {
  simulate({.options = {.max_events = 1'000}}, [](sim::World& world) {
    const auto again = [](toy::Toy&, int, toy::Context& ctx) { ctx.set_timer(toy::Tick{1}, 0s); };
    play_toys(world, {.on_do = again, .on_tick = again});
  });
}

GRADED_TEST(Fails, Crashes, 10, "a handler crashes") {
  simulate({}, [](sim::World& world) {
    play_toys(world, {.on_do = [](toy::Toy&, int, toy::Context&) { std::raise(SIGSEGV); }});
  });
}

GRADED_TEST(Fails, Search, 5, "nobody hears of 1") {
  search::Model model = toy::toys(
      {.on_do = [](toy::Toy&, int number, toy::Context& ctx) { ctx.send(2, toy::Say{number}); }});
  model.invariant("toy 2 hears nothing", [](const search::Snapshot& at) {
    return at.view<toy::Toy::View>(2)->heard == 0 ? "" : "toy 2 heard of it";
  });
  grading::search(model);
}

GRADED_TEST(Fails, SearchNotWritten, 5, "a handler is not there yet") {
  grading::search(toy::toys({.on_do = [](toy::Toy&, int, toy::Context&) { YOUR_CODE_HERE; }}));
}

GRADED_TEST(Fails, CrashesWhileShrinking, 10, "a fault and a crash") {
  const Trial trial{.storm = {.nodes = {1}, .pauses = 2}};
  simulate(trial, [](sim::World& world) {
    play_toys(world, {});
    world.run_for(20s);
    if (world.faults().empty()) std::raise(SIGSEGV);
    world.fail("there are no pauses", "there was a pause");
  });
}

}  // namespace

int main(int argc, char** argv) {
  const Stage stage{.number = 9,
                    .name = "toys",
                    .parts = {{.id = "9a", .title = "Good", .points = 10, .suites = {"Passes"}},
                              {.id = "9b", .title = "Bad", .points = 90, .suites = {"Fails"}}}};
  return grade(stage, argc, argv);
}
