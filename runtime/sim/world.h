#pragma once

#include <any>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "runtime/erase/any_node.h"
#include "runtime/erase/bytes.h"
#include "runtime/erase/json.h"
#include "runtime/erase/shown.h"
#include "runtime/random.h"
#include "runtime/sim/event_queue.h"
#include "runtime/sim/fault.h"
#include "runtime/sim/host.h"
#include "runtime/sim/network.h"
#include "runtime/sim/occurrences.h"
#include "runtime/sim/progress.h"
#include "runtime/trace/event.h"

namespace octet::sim {

struct WorldOptions {
  NetworkOptions network = {};
  Duration disk_latency = std::chrono::microseconds(500);  // from persist to durable
  bool trace = false;                                      // costs some ten times the time
  /// A run with more events fails: nodes that never come to rest would make it endless.
  std::uint64_t max_events = std::numeric_limits<std::uint64_t>::max();
  Progress* progress = nullptr;  // kept up to date, if there is one
  std::uint64_t stop_at = 0;     // calls stop_here() before the handler of this event of the trace
};

/// Does nothing; a debugger stops here, right before the handler `class_name`::`function` runs.
void stop_here(const char* class_name, const char* function);

/// Nodes in virtual time. Everything that happens follows from the seed and the calls of the test:
/// two runs of one seed are equal, event by event. Not for several threads. A handler that throws
/// fails its node, and with it the run; a NotWritten comes through.
///
///     World world(seed, {.network = {.loss = 50'000}});
///     for (NodeId id : {1, 2, 3}) world.add(id, [=] { return make_node(Raft({...})); });
///     world.isolate(1).run_for(2s).heal().run_for(1s);
///     EXPECT_EQ(world.view<Raft::View>(2).role, leader) << world.failure();
class World {
 public:
  explicit World(std::uint64_t seed, const WorldOptions& options = {});
  World(const World&) = delete;
  World& operator=(const World&) = delete;

  /// Starts a node. `make` is called again for each restart.
  World& add(NodeId id, Factory make);

  /// Hands an input to a node, now. Nothing happens when it is down, or a property does not hold.
  template <class Input>
  World& input(NodeId id, const Input& input) {
    return input_bytes(id, encode(input));
  }
  World& input_bytes(NodeId id, Bytes input);
  World& listen_to_bytes(NodeId id, std::function<void(const Bytes& output)> listener);

  /// `listener` hears what the node tells its application, right after, and may do what a test may:
  /// so an application answers.
  template <class Output>
  World& listen(NodeId id, std::function<void(const Output&)> listener) {
    return listen_to_bytes(id, [listener = std::move(listener)](const Bytes& bytes) {
      Output output;
      decode(bytes, output);
      listener(output);
    });
  }

  /// A client asks a node for something: an operation begins, and the input is handed to the node
  /// as by input(). Traces show it as `what`, any plain struct; otherwise as the input itself.
  /// Returns the number of the operation, for end(). One that never ends may or may not have
  /// happened.
  template <class Input, class What>
  std::uint64_t call(trace::ClientId client, NodeId asks, const Input& input, const What& what) {
    return call_bytes(client, asks, encode(input), options_.trace ? erase::shown(what) : Shown());
  }
  template <class Input>
  std::uint64_t call(trace::ClientId client, NodeId asks, const Input& input) {
    return call(client, asks, input, input);
  }

  /// The client knows what became of its operation. Throws std::logic_error when that has ended
  /// already, or never began.
  template <class Result>
  World& end(std::uint64_t operation, trace::Outcome outcome, const Result& result) {
    return end_call(operation, outcome, options_.trace ? erase::to_json(result) : "");
  }
  World& end(std::uint64_t operation, trace::Outcome outcome) {
    return end_call(operation, outcome, "");
  }

  /// Runs until there is nothing to do before that time, or a property does not hold. When a
  /// handler throws, the other nodes go on.
  World& run_for(Duration time);

  /// Runs until the condition holds; false when it did not within that time.
  bool run_until(const std::function<bool()>& condition, Duration within);

  /// `action` happens at that time of the world.
  World& at(Duration time, std::function<void()> action);

  /// `holds` is asked after every event. A sentence that is not empty says what is wrong, and ends
  /// the run.
  World& always(std::string property, std::function<std::string()> holds);

  /// What the test itself has found, as the answer that never came. The first failure stays.
  World& fail(std::string property, std::string what);

  /// What went wrong: a property that does not hold, a handler that threw, or a disk that a node
  /// cannot read. Empty when nothing did.
  const std::string& failure() const { return failure_; }

  /// The name of the property, or of the handler, that failed.
  const std::string& property() const { return property_; }

  // Crashes. Those that do not fit (a crash of what is down) do nothing.

  World& crash(NodeId id);
  /// In its next handler, after so many effects; at the end when it has fewer.
  World& crash_after_effects(NodeId id, std::size_t effects);
  World& restart(NodeId id);
  World& restart_with_empty_disk(NodeId id);
  /// The disk had promised too much: its last records are gone.
  World& restart_without_last(NodeId id, std::size_t records);

  /// What happens to a paused node happens to it when it resumes. Its clock goes on.
  World& pause(NodeId id);
  World& resume(NodeId id);

  // The network. What is under way over a link that is cut when it would arrive is lost.

  World& cut_one_way(NodeId from, NodeId to);
  World& isolate(NodeId id);
  /// Who is in no group is isolated.
  World& partition(const std::vector<std::vector<NodeId>>& groups);
  /// Two groups that only this node can reach, which is in both.
  World& bridge(NodeId over, const std::vector<NodeId>& one, const std::vector<NodeId>& other);
  /// Every link is whole again; the rules of drop, delay and duplicate end too.
  World& heal();
  World& drop(Filter filter);
  World& delay(Filter filter, Duration by);
  /// The second one takes so much longer than a message may.
  World& duplicate(Filter filter, Duration later = {});

  /// This group on one side, everybody else on the other.
  World& cut_off(const std::vector<NodeId>& group);
  World& join(const std::vector<NodeId>& group);
  World& heal_one_way(NodeId from, NodeId to);

  // Clocks and disks.

  /// The node's clocks run fast by so many millionths, or slow.
  World& skew_clock(NodeId id, std::int64_t parts_per_million);
  /// The wall clock alone.
  World& jump_clock(NodeId id, Duration by);
  World& slow_disk(NodeId id, Duration latency);

  // Plans.

  /// Lets these faults happen at their times.
  World& apply(const Plan& plan);

  /// What went wrong so far: what apply() let happen, and the fates of messages. As a plan it makes
  /// the same happen again.
  Plan faults() const;

  // What there is to see.

  std::uint64_t seed() const { return seed_; }
  Duration now() const { return now_; }
  std::vector<NodeId> ids() const;
  /// Who has called.
  std::vector<trace::ClientId> clients() const { return {clients_.begin(), clients_.end()}; }
  bool is_up(NodeId id) const { return host(id).is_up(); }

  /// Of a node that is up.
  template <class View>
  View view(NodeId id) const {
    return std::any_cast<View>(node(id).view());
  }
  const AnyNode& node(NodeId id) const;

  /// How often the node was started.
  std::uint64_t lives(NodeId id) const { return host(id).incarnation; }

  /// How many handlers the node has run in all its lives, start() too: it has changed in no other
  /// way.
  std::uint64_t handled(NodeId id) const { return host(id).handled; }

  /// Whether the disk has all that the node was to write. Until then it may have gone on by itself,
  /// and nobody has heard of that: a crash takes it back.
  bool is_durable(NodeId id) const {
    const Disk& disk = host(id).disk;
    return disk.arrived() == disk.issued();
  }

  /// What the node has emitted in all its lives.
  template <class Output>
  std::vector<Output> outputs(NodeId id) const {
    std::vector<Output> decoded;
    for (const Bytes& bytes : host(id).outputs) decode(bytes, decoded.emplace_back());
    return decoded;
  }
  const std::vector<Bytes>& durable_records(NodeId id) const { return host(id).disk.records(); }

  /// How many events happened, and how many of them were messages that arrived.
  std::uint64_t events() const { return events_; }
  std::uint64_t delivered() const { return delivered_; }
  std::uint64_t undecodable() const { return undecodable_; }

  const trace::Events& trace() const { return trace_; }
  /// Writes a line of the test's own into the trace.
  World& note(std::string text);

 private:
  using Kind = trace::Event::Kind;

  struct Pending {
    enum class What : std::uint8_t { message, timer, write, action } what;
    std::uint32_t host = 0;
    NodeId from = {};
    std::uint64_t id = 0;           // of the message, timer or action
    std::uint64_t incarnation = 0;  // of the host, for timers and writes
    Bytes bytes = {};
  };

  Host& host(NodeId id);
  const Host& host(NodeId id) const;
  std::uint32_t index_of(NodeId id) const;

  std::uint64_t call_bytes(trace::ClientId client, NodeId asks, Bytes input, Shown what);
  World& end_call(std::uint64_t operation, trace::Outcome outcome, std::string result);
  void hand_over(NodeId id, Bytes input, std::uint64_t cause);

  void happen(Pending event);
  void happen_to(Host& host, Pending& event);
  void receive(Host& host, const Pending& message);
  void deliver(Host& host, const Pending& message);
  void start(Host& host);

  /// What a node is told: which handler runs, with what.
  struct Told {
    Kind kind;
    std::string_view bytes = {};
    NodeId from = {};
    std::uint64_t message = 0;  // its id
  };
  void handle(Host& host, const Told& told);
  bool tell(Host& host, const Told& told);
  void die(Host& host, const Told& told, std::string_view why);
  void die_of_its_disk(Host& host);
  void bury(Host& host, std::string property, std::string what);
  void drop_undecodable(std::size_t event);
  void stop_for_debugger(const Host& host, const Told& told);
  void check_properties();

  void begin(const Fault& fault);
  void end(const Fault& fault);

  // Effects.
  void perform(Host& host, AnyEffect effect);
  void set_timer(Host& host, const AnyEffect& effect);
  void cancel_timer(Host& host, const AnyEffect& effect);
  void write(Host& host, AnyEffect effect);
  void write_batch(Host& host);
  void arrive(Host& host);
  void release(Host& host);
  void leave(Host& host, AnyEffect effect);
  void send(Host& host, AnyEffect effect);
  void go_down(Host& host);

  // The trace. All do nothing when it is off.
  static Shown show(const AnyNode& node, const Told& told);
  std::size_t record(trace::Event event);
  std::size_t record_call(trace::ClientId client, NodeId asks, std::uint64_t operation, Shown what);
  void record_result(trace::ClientId client, std::uint64_t operation, trace::Outcome outcome,
                     std::string result);
  std::size_t record_handler(const Host& host, const Told& told);
  void record_effect(Kind kind, const Host& host, List list, const AnyEffect& effect);
  void record_send(const Host& host, const Envelope& message, std::uint64_t id);
  void record_loss(const Envelope& message, std::uint64_t id, std::string_view why);
  void record_missed(const Host& host, const Host::Missed& event);
  void record_duplicate(const Envelope& message, std::uint64_t id);
  void record_fault(Kind kind, NodeId node, NodeId peer = {}, std::string text = {});

  std::uint64_t seed_;
  WorldOptions options_;
  Duration now_{};
  EventQueue<Pending> queue_;
  std::vector<std::unique_ptr<Host>> hosts_;
  std::map<NodeId, std::uint32_t> index_;
  Network network_;
  Draws timer_draws_;
  Occurrences set_timers_;
  Draws crash_draws_;
  std::map<std::uint64_t, std::function<void()>> actions_;
  std::uint64_t last_action_ = 0;
  std::uint64_t last_message_ = 0;
  std::uint64_t last_operation_ = 0;
  std::map<std::uint64_t, trace::ClientId> open_operations_;
  std::set<trace::ClientId> clients_;
  std::uint64_t events_ = 0;
  std::uint64_t delivered_ = 0;
  std::uint64_t undecodable_ = 0;
  struct Property {
    std::string name;
    std::function<std::string()> holds;
  };
  std::vector<Property> properties_;
  std::string property_;
  std::string failure_;
  Plan begun_;                      // of the plan
  bool violated_ = false;           // a property; nothing happens any more
  std::vector<AnyEffect> effects_;  // of the handler that runs
  trace::Events trace_;
  std::uint64_t cause_ = 0;  // number of the handler's event in the trace
  std::uint64_t heard_ = 0;  // likewise of the output that a listener hears
};

}  // namespace octet::sim
