// Writes a trace for the tests and pictures of the space-time view:
//
//     view_example failing|passing|storm|hostile|stale|long FILE
#include <fmt/format.h>

#include <fstream>
#include <functional>
#include <map>

#include "runtime/erase/erased_node.h"
#include "runtime/erase/json.h"
#include "runtime/examples/application.h"
#include "runtime/examples/ping.h"
#include "runtime/examples/primary_backup.h"
#include "runtime/sim/world.h"
#include "runtime/trace/json_lines.h"
#include "tools/view/tests/long_run.h"

namespace octet::view {
namespace {

using namespace std::chrono_literals;
using trace::Event;
using trace::Trace;

constexpr std::uint64_t seed = 4;

/// Whatever node 1 has told its application to be stored must be on the disk of node 2.
std::string promise_broken(const sim::World& world) {
  using namespace examples::primary_backup;
  const std::size_t promised = world.outputs<Protocol::Output>(1).size();
  const std::size_t kept = world.durable_records(2).size();
  if (promised <= kept) return "";
  return fmt::format("node 1 has said that {} entries are stored on both disks; node 2 has {}",
                     promised, kept);
}

std::uint64_t last_of(const trace::Events& events, Event::Kind kind) {
  std::uint64_t number = events.size();
  while (number > 0 && events[number - 1].kind != kind) --number;
  return number;
}

/// Two replicas under loss; one crashes, and in one of the runs it comes back with an empty disk.
Trace replicas(bool loses_its_disk) {
  using namespace examples::primary_backup;
  sim::World world(seed, {.network = {.loss = 150'000, .duplication = 150'000}, .trace = true});
  for (const NodeId id : {1, 2}) {
    world.add(id, [] { return make_node(Replica({.primary = 1, .backup = 2})); });
  }
  world.always("what is stored is on both disks", [&world] { return promise_broken(world); });
  examples::Application application(world, 1, 1);
  world.at(150ms, [&application] { application.store("red"); });
  world.at(300ms, [&application] { application.store("green"); });
  world.at(500ms, [&world] { world.crash(2); });
  world.at(520ms, [&application] { application.store("blue"); });
  world.at(900ms, [&world, loses_its_disk] {
    if (loses_its_disk) {
      world.restart_with_empty_disk(2);
    } else {
      world.restart(2);
    }
  });
  world.run_for(3s);
  Trace trace{.title = loses_its_disk ? "PrimaryBackup.ADiskIsExchanged" : "PrimaryBackup.ACrash",
              .world = "simulator",
              .seed = seed,
              .violation = world.failure(),
              .plan = {"15 of 100 messages are lost, 15 come twice", "node 2 crashes at 500 ms",
                       loses_its_disk ? "node 2 restarts at 900 ms with an empty disk"
                                      : "node 2 restarts at 900 ms"},
              .replay = loses_its_disk ? "build/dev/tools/view/view_example failing run.jsonl"
                                       : "build/dev/tools/view/view_example passing run.jsonl",
              .nodes = world.ids(),
              .clients = world.clients(),
              .end = world.now(),
              .events = world.trace()};
  if (!trace.violation.empty()) {
    trace.witnesses = {last_of(trace.events, Event::Kind::emit),
                       last_of(trace.events, Event::Kind::disk)};
  }
  return trace;
}

/// Lets clients ask the nodes to ping each other.
class PingClients {
 public:
  explicit PingClients(sim::World& world) : world_(world) {
    for (const NodeId id : world.ids()) {
      world.listen<examples::ping::Protocol::Output>(id, [this, id](const auto& output) {
        const std::uint64_t number = std::get<examples::ping::Answered>(output).number;
        if (const auto open = open_[id].extract(number); !open.empty()) {
          world_.end(open.mapped(), trace::Outcome::ok, number);
        }
      });
    }
  }

  void ask(trace::ClientId self, NodeId from, NodeId to) {
    using examples::ping::Ask;
    const bool is_up = world_.is_up(from);
    const auto operation = world_.call(self, from, examples::ping::Protocol::Input(Ask{to}));
    if (!is_up) {
      world_.end(operation, trace::Outcome::failed, "nobody listens");
    } else {
      open_[from][++asked_[from]] = operation;
    }
  }

  /// The node forgets everything, and counts anew.
  void crash(NodeId node) {
    world_.crash(node);
    asked_[node] = 0;
    for (const auto& [number, operation] : std::exchange(open_[node], {})) {
      world_.end(operation, trace::Outcome::unknown, "the connection broke");
    }
  }

 private:
  sim::World& world_;
  std::map<NodeId, std::uint64_t> asked_;
  std::map<NodeId, std::map<std::uint64_t, std::uint64_t>> open_;  // operations, by number
};

/// Five nodes, three clients, and every kind of fault.
Trace storm() {
  using namespace examples::ping;
  sim::World world(seed, {.network = {.loss = 100'000, .duplication = 100'000}, .trace = true});
  for (const NodeId id : {1, 2, 3, 4, 5}) {
    world.add(id, [] { return make_node(Pinger()); });
  }
  PingClients clients(world);
  for (std::uint32_t i = 0; i < 30; ++i) {
    const NodeId from = i % 5 + 1;
    const NodeId to = (i * 3 + 1) % 5 + 1;
    world.at(i * 60ms, [&clients, i, from, to] { clients.ask(i % 3 + 1, from, to); });
  }
  world.at(300ms, [&world] { world.partition({{1, 2}, {3, 4, 5}}); });
  world.at(700ms, [&] {
    world.heal();
    clients.crash(3);
  });
  world.at(800ms, [&world] { world.pause(4).skew_clock(1, 50'000).jump_clock(2, -1h); });
  world.at(1000ms, [&world] { world.restart(3).cut_one_way(1, 5).slow_disk(5, 20ms); });
  world.at(1300ms, [&world] { world.resume(4).note("node 4 is back"); });
  world.at(1500ms, [&world] { world.heal(); });
  world.run_for(1799ms);
  return {.title = "Ping.Storm",
          .world = "simulator",
          .seed = seed,
          .plan = {"10 of 100 messages are lost, 10 come twice", "two parts", "a crash", "a pause"},
          .replay = "build/dev/tools/view/view_example storm run.jsonl",
          .nodes = world.ids(),
          .clients = world.clients(),
          .end = world.now(),
          .events = world.trace()};
}

/// What a student's strings may hold.
Trace hostile() {
  const std::string text =
      "</script><img src=x onerror=\"window.harmed = true\">'\"\\{{style}}\n\x01<!--\x7f\u00e4";
  const std::string json = erase::to_json(text);
  return {.title = text,
          .world = text,
          .seed = ~std::uint64_t{0},
          .violation = text,
          .witnesses = {2, 99},
          .plan = {text},
          .replay = text,
          .nodes = {1, 4'000'000'000},
          .clients = {1, 4'000'000'000},
          .end = 1s,
          .events = {
              {.kind = Event::Kind::send,
               .node = 1,
               .peer = 4'000'000'000,
               .id = 1,
               .cause = 77,
               .name = text,
               .json = json},
              {.kind = Event::Kind::deliver,
               .at = 1ms,
               .node = 4'000'000'000,
               .peer = 1,
               .id = 1,
               .name = text,
               .json = json,
               .state = "{" + json + ":18446744073709551615,\"10\":1,\"9\":[]}"},
              {.kind = Event::Kind::lose, .at = 2ms, .node = 5, .peer = 6, .id = 9, .text = text},
              {.kind = Event::Kind::note, .at = 3ms, .text = text},
              {.kind = Event::Kind::result, .at = 3ms, .node = 1, .id = 1, .name = "ok"},
              {.kind = Event::Kind::call,
               .at = 4ms,
               .node = 4'000'000'000,
               .peer = 77,
               .id = 1,
               .cause = 2,
               .name = text,
               .json = json},
              {.kind = Event::Kind::call, .at = 4ms, .node = 9, .id = 2, .name = text},
              {.kind = Event::Kind::result,
               .at = 5ms,
               .node = 4'000'000'000,
               .id = 1,
               .name = text,
               .json = json},
              {.kind = Event::Kind::result, .at = 6ms, .node = 1, .id = 1, .name = "ok"}}};
}

/// A client that asks the backup gets what was before.
Trace stale() {
  Trace trace{
      .title = "Store.AStaleRead", .world = "simulator", .nodes = {1, 2}, .clients = {1, 2}};
  std::uint64_t id = 0;
  const auto ask = [&](std::uint32_t client, NodeId node, const std::string& name,
                       const std::string& arguments, const std::string& result) {
    const auto at = Duration(5ms) * ++id;
    const std::uint64_t call = trace.events.size() + 1;
    trace.events.push_back({.kind = Event::Kind::call,
                            .at = at,
                            .node = client,
                            .peer = node,
                            .id = id,
                            .name = name,
                            .json = arguments});
    trace.events.push_back({.kind = Event::Kind::input,
                            .at = at,
                            .node = node,
                            .cause = call,
                            .name = name,
                            .json = arguments});
    if (name == "Put") {
      trace.events.push_back({.kind = Event::Kind::send,
                              .at = at,
                              .node = node,
                              .peer = 2,
                              .id = 100 + id,
                              .cause = call + 1,
                              .name = "Copy"});
    }
    trace.events.push_back({.kind = Event::Kind::result,
                            .at = at + 2ms,
                            .node = client,
                            .id = id,
                            .name = "ok",
                            .json = result});
  };
  ask(1, 1, "Put", R"({"key":"x","value":"a"})", "");
  ask(2, 1, "Get", R"({"key":"x"})", R"({"value":"a"})");
  ask(1, 1, "Put", R"({"key":"x","value":"b"})", "");
  ask(2, 2, "Get", R"({"key":"x"})", R"({"value":"a"})");
  trace.end = 30ms;
  return trace;
}

Trace make(std::string_view what) {
  if (what == "failing") return replicas(true);
  if (what == "passing") return replicas(false);
  if (what == "storm") return storm();
  if (what == "hostile") return hostile();
  if (what == "stale") return stale();
  constexpr std::size_t many = 100'000;
  return long_run(many);
}

}  // namespace
}  // namespace octet::view

int main(int argc, char** argv) {
  if (argc != 3) {
    fmt::print(stderr, "usage: view_example failing|passing|storm|hostile|stale|long FILE\n");
    return 2;
  }
  std::ofstream out(argv[2]);
  octet::trace::write_json_lines(out, octet::view::make(argv[1]));
  out.close();
  return out ? 0 : 1;
}
