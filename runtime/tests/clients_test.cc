#include <gtest/gtest.h>

#include <sstream>

#include "runtime/erase/erased_node.h"
#include "runtime/examples/ping.h"
#include "runtime/sim/world.h"
#include "runtime/trace/history.h"
#include "runtime/trace/json_lines.h"
#include "runtime/trace/shiviz.h"
#include "runtime/trace/text.h"

namespace octet::trace {
namespace {

using namespace std::chrono_literals;
using namespace examples::ping;
using Kind = Event::Kind;

std::unique_ptr<AnyNode> pinger() {
  return make_node(Pinger());
}

const Protocol::Input ask_2 = Ask{2};

/// What a client wants, in its own words.
struct Reach {
  std::string whom;
};

/// Numbers of the events of that kind, from 1.
std::vector<std::uint64_t> numbers_of(const Events& events, Kind kind) {
  std::vector<std::uint64_t> numbers;
  for (std::size_t i = 0; i < events.size(); ++i) {
    if (events[i].kind == kind) numbers.push_back(i + 1);
  }
  return numbers;
}

/// Two clients that have something asked, one after the other, and then a node that is down.
void converse(sim::World& world) {
  for (const NodeId id : {1, 2}) world.add(id, pinger);
  std::uint64_t first = 0;
  world.listen<Protocol::Output>(1, [&world, &first](const Protocol::Output& output) {
    if (std::exchange(first, 0) == 1) {
      world.end(1, Outcome::ok, std::get<Answered>(output));
      world.call(4, 1, ask_2, Reach{"node 2"});
    } else {
      world.end(2, Outcome::failed);
    }
  });
  first = world.call(3, 1, ask_2);
  world.run_for(1s).crash(1);
  world.call(3, 1, ask_2);
  world.run_for(1s);
}

Trace conversation(std::uint64_t seed) {
  sim::World world(seed, {.network = {.loss = 300'000}, .trace = true});
  converse(world);
  return {.nodes = world.ids(),
          .clients = world.clients(),
          .end = world.now(),
          .events = world.trace()};
}

/// Small, and by hand.
const Trace made_up{
    .title = "Register.\"Lost\"",
    .seed = 7,
    .nodes = {1, 2},
    .clients = {1, 2},
    .end = 9ms,
    .events = {
        {.kind = Kind::call, .node = 1, .peer = 2, .id = 1, .name = "Store", .json = "{\"x\":7}"},
        {.kind = Kind::input, .node = 2, .cause = 1, .name = "Put", .json = "{\"x\":7}"},
        {.kind = Kind::call, .at = 1ms, .node = 2, .peer = 1, .id = 2, .name = "Read"},
        {.kind = Kind::emit, .at = 3ms, .node = 2, .cause = 2, .name = "Done"},
        {.kind = Kind::result,
         .at = 3200us,
         .node = 1,
         .id = 1,
         .cause = 4,
         .name = "ok",
         .json = "\"stored\""},
        {.kind = Kind::call, .at = 4ms, .node = 1, .peer = 2, .id = 3, .name = "Read"},
        {.kind = Kind::result, .at = 5ms, .node = 1, .id = 3, .name = "unknown"},
        {.kind = Kind::start, .at = 6ms, .node = 1}}};

std::string written(void (*write)(std::ostream&, const Trace&), const Trace& trace) {
  std::ostringstream out;
  write(out, trace);
  return out.str();
}

TEST(Clients, ACallIsTheCauseOfItsInputAndAnOutputThatOfItsResult) {
  const Trace trace = conversation(1);
  const Events& events = trace.events;
  const auto calls = numbers_of(events, Kind::call);
  const auto inputs = numbers_of(events, Kind::input);
  const auto emits = numbers_of(events, Kind::emit);
  const auto results = numbers_of(events, Kind::result);
  ASSERT_EQ(calls.size(), 3U);
  ASSERT_EQ(inputs.size(), 2U) << "the last call found its node down";
  ASSERT_EQ(emits.size(), 2U);
  ASSERT_EQ(results.size(), 2U);
  EXPECT_EQ(events[calls[0] - 1].cause, 0U);
  EXPECT_EQ(events[inputs[0] - 1].cause, calls[0]);
  EXPECT_EQ(events[results[0] - 1].cause, emits[0]);
  EXPECT_EQ(events[calls[1] - 1].cause, emits[0]) << "made while a listener hears that";
  EXPECT_EQ(events[inputs[1] - 1].cause, calls[1]);
  EXPECT_EQ(events[results[1] - 1].cause, emits[1]);
  EXPECT_EQ(events[calls[2] - 1].cause, 0U) << "nobody listens any more";
}

TEST(Clients, AnOperationIsShownAsItWasMeant) {
  const Trace trace = conversation(1);
  const auto calls = numbers_of(trace.events, Kind::call);
  const auto results = numbers_of(trace.events, Kind::result);
  const Event& first = trace.events[calls[0] - 1];
  EXPECT_EQ(first.node, NodeId(3));
  EXPECT_EQ(first.peer, NodeId(1));
  EXPECT_EQ(first.id, 1U);
  EXPECT_EQ(first.name + first.json, "Ask{\"whom\":2}");
  const Event& second = trace.events[calls[1] - 1];
  EXPECT_EQ(second.node, NodeId(4));
  EXPECT_EQ(second.name + second.json, "Reach{\"whom\":\"node 2\"}");
  const Event& result = trace.events[results[0] - 1];
  EXPECT_EQ(result.node, NodeId(3));
  EXPECT_EQ(result.id, 1U);
  EXPECT_EQ(result.name + result.json, "ok{\"number\":1}");
  EXPECT_EQ(trace.events[results[1] - 1].name, "failed");
  EXPECT_EQ(trace.clients, (std::vector<ClientId>{3, 4}));
}

TEST(Clients, APausedNodeIsAskedWhenItGoesOn) {
  sim::World world(1, {.trace = true});
  for (const NodeId id : {1, 2}) world.add(id, pinger);
  world.pause(1).call(1, 1, ask_2);
  world.run_for(1s).resume(1);
  const auto calls = numbers_of(world.trace(), Kind::call);
  const auto inputs = numbers_of(world.trace(), Kind::input);
  ASSERT_EQ(inputs.size(), 1U);
  EXPECT_EQ(world.trace()[inputs[0] - 1].cause, calls[0]);
  EXPECT_EQ(world.trace()[inputs[0] - 1].at, 1s);
}

TEST(Clients, AnOperationEndsOnce) {
  for (const bool is_traced : {false, true}) {
    sim::World world(1, {.trace = is_traced});
    for (const NodeId id : {1, 2}) world.add(id, pinger);
    const std::uint64_t operation = world.call(1, 1, ask_2);
    EXPECT_THROW(world.end(operation + 1, Outcome::ok), std::logic_error);
    world.end(operation, Outcome::ok, "done");
    EXPECT_THROW(world.end(operation, Outcome::unknown), std::logic_error);
  }
}

TEST(Clients, ARunWithoutATraceIsTheSameRun) {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    sim::World traced(seed, {.network = {.loss = 300'000}, .trace = true});
    sim::World bare(seed, {.network = {.loss = 300'000}});
    converse(traced);
    converse(bare);
    EXPECT_EQ(traced.events(), bare.events());
    EXPECT_TRUE(bare.trace().empty());
    EXPECT_EQ(written(write_json_lines, conversation(seed)),
              written(write_json_lines, conversation(seed)));
  }
}

TEST(Clients, ComeBackFromTheFile) {
  std::istringstream file(written(write_json_lines, made_up));
  EXPECT_EQ(read_json_lines(file), made_up);
}

TEST(Clients, ATraceWithoutThemIsWrittenAsBeforeThereWereAny) {
  const std::string file =
      "{\"octet_trace\":1,\"witnesses\":[],\"plan\":[],\"nodes\":[1],\"end\":0}\n"
      "{\"n\":1,\"at\":0,\"kind\":\"start\",\"node\":1}\n"
      "{\"events\":1}\n";
  const Trace trace{.nodes = {1}, .events = {{.kind = Kind::start, .node = 1}}};
  EXPECT_EQ(written(write_json_lines, trace), file);
  std::istringstream in(file);
  EXPECT_EQ(read_json_lines(in), trace);
}

TEST(Clients, VectorClocksKnowWhatTheyAskedForAndWhatTheyHeard) {
  // Columns: node 1, node 2, client 1, client 2.
  const std::vector<std::vector<std::uint32_t>> expected = {
      {0, 0, 1, 0}, {0, 1, 1, 0}, {0, 0, 0, 1}, {0, 2, 1, 0},
      {0, 2, 2, 0}, {0, 2, 3, 0}, {0, 2, 4, 0}, {1, 0, 0, 0}};
  EXPECT_EQ(vector_clocks(made_up), expected);
}

TEST(Clients, ALineSaysWhatAClientGotAndWhen) {
  const std::string text = written(write_text, made_up);
  EXPECT_EQ(
      text.substr(text.find("world")),
      "world: , seed 7, 2 nodes, 2 clients, 8 events, 0.009000 s\n"
      "\n"
      " number           time  node      what happened\n"
      "     1      0.000000 s  client 1  calls node 2: Store{\"x\":7}\n"
      "     2      0.000000 s  node 2    is asked Put{\"x\":7} by its application  (by #1)\n"
      "     3      0.001000 s  client 2  calls node 1: Read\n"
      "     4      0.003000 s  node 2    tells its application Done  (by #2)\n"
      "     5      0.003200 s  client 1  gets ok: \"stored\"  (by #4, 3.2ms after its call #1)\n"
      "     6      0.004000 s  client 1  calls node 2: Read\n"
      "     7      0.005000 s  client 1  gets unknown  (1ms after its call #6)\n"
      "     8      0.006000 s  node 1    starts\n");
}

TEST(Clients, AreHostsOfShiViz) {
  const std::string text = written(write_shiviz, made_up);
  EXPECT_NE(text.find("\nclient1 {\"node2\":2,\"client1\":2}\n#5 0.003200 s gets ok: \"stored\"\n"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("\nnode1 {\"node1\":1}\n#8 "), std::string::npos) << text;
}

TEST(History, HasALineForEachOperationInTheOrderOfTheirCalls) {
  EXPECT_EQ(written(write_history, made_up),
            "{\"octet_history\":1,\"title\":\"Register.\\\"Lost\\\"\",\"seed\":7,\"clients\":[1,2],"
            "\"end\":9000000}\n"
            "{\"client\":1,\"call\":0,\"return\":3200000,\"op\":\"Store\",\"arguments\":{\"x\":7},"
            "\"outcome\":\"ok\",\"result\":\"stored\",\"events\":[1,5]}\n"
            "{\"client\":2,\"call\":1000000,\"op\":\"Read\",\"arguments\":{},"
            "\"outcome\":\"unknown\",\"events\":[3]}\n"
            "{\"client\":1,\"call\":4000000,\"return\":5000000,\"op\":\"Read\",\"arguments\":{},"
            "\"outcome\":\"unknown\",\"events\":[6,7]}\n"
            "{\"operations\":3}\n");
}

TEST(History, ResultsThatFitNoCallCountForNothing) {
  const Trace trace{
      .clients = {1},
      .events = {{.kind = Kind::result, .node = 1, .id = 1, .name = "ok"},
                 {.kind = Kind::call, .node = 1, .id = 1, .name = "Read"},
                 {.kind = Kind::result, .at = 5ns, .node = 1, .id = 1, .name = "odd"},
                 {.kind = Kind::result, .at = 9ns, .node = 1, .id = 1, .name = "ok"}}};
  EXPECT_EQ(written(write_history, trace),
            "{\"octet_history\":1,\"title\":\"\",\"seed\":0,\"clients\":[1],\"end\":0}\n"
            "{\"client\":1,\"call\":0,\"return\":5,\"op\":\"Read\",\"arguments\":{},"
            "\"outcome\":\"unknown\",\"events\":[2,3]}\n"
            "{\"operations\":1}\n");
  EXPECT_EQ(call_of(trace, 1), 0U);
  EXPECT_EQ(call_of(trace, 3), 2U);
  EXPECT_EQ(call_of(trace, 4), 0U);
}

TEST(History, OfASearchOrAnOldTraceIsEmpty) {
  EXPECT_EQ(written(write_history, {}),
            "{\"octet_history\":1,\"title\":\"\",\"seed\":0,\"clients\":[],\"end\":0}\n"
            "{\"operations\":0}\n");
}

}  // namespace
}  // namespace octet::trace
