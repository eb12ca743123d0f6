#include <fmt/format.h>

#include <cstdint>

#include "bench/runtime/parts.h"
#include "runtime/erase/erased_node.h"
#include "runtime/sim/world.h"

namespace octet::bench {
namespace {

using namespace std::chrono_literals;

struct Ball {
  std::uint64_t bounces = 0;
};
struct Tick {};
struct Game : ProtocolDefaults {
  using Message = std::variant<Ball>;
  using Timer = std::variant<Tick>;
  using Input = std::variant<Ball>;
};

/// Passes every ball on to somebody else, and wakes about once a second.
struct Player {
  using Protocol = Game;
  using Context = octet::Context<Game>;
  struct View {
    std::uint64_t seen = 0;
  };

  void start(std::span<const Protocol::Record>, Context& ctx) { ctx.set_timer(Tick{}, 1s, 2s); }
  void on(const Ball& ball, NodeId, Context& ctx) {
    ++seen;
    ctx.send(static_cast<std::uint32_t>(1 + (ctx.id().value + seen) % players),
             Ball{ball.bounces + 1});
  }
  void on(const Ball& ball, Context& ctx) { ctx.send(1 + ctx.id().value % players, ball); }
  void on(const Tick&, Context& ctx) { ctx.set_timer(Tick{}, 1s, 2s); }
  View view() const { return {seen}; }
  bool operator==(const Player&) const = default;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(players, seen);
  }

  std::uint32_t players = 0;
  std::uint64_t seen = 0;
};

void add_players(sim::World& world, std::uint32_t count) {
  for (std::uint32_t id = 1; id <= count; ++id) {
    world.add(id, [count] { return make_node(Player{.players = count}); });
  }
}

void measure_messages(std::uint32_t players) {
  constexpr std::uint64_t messages = 3'000'000;
  sim::World world(1);
  add_players(world, players);
  for (std::uint32_t id = 1; id <= players; ++id) world.input(id, Game::Input(Ball{id}));
  const double took = seconds([&] {
    while (world.delivered() < messages) world.run_for(10ms);
  });
  fmt::print("  {:>5} nodes  {:>6.2f} million messages/s  {:>4.0f} ns an event\n", players,
             static_cast<double>(world.delivered()) / took / 1e6,
             took * 1e9 / static_cast<double>(world.events()));
}

void measure_idleness() {
  constexpr auto time = 30 * 24h;
  sim::World world(1);
  add_players(world, 5);
  const double took = seconds([&] { world.run_for(time); });
  fmt::print("  5 idle nodes, a timer a second each: {:.0f} times real time\n\n",
             std::chrono::duration<double>(time).count() / took);
}

}  // namespace

void measure_simulator() {
  fmt::print("simulator, one core; a message is encoded, carried and decoded\n");
  for (const std::uint32_t players : {5U, 10U, 50U, 100U, 500U, 1000U}) measure_messages(players);
  measure_idleness();
}

}  // namespace octet::bench
