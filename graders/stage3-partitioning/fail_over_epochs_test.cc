#include <algorithm>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/world/simulate.h"
#include "graders/stage3-partitioning/replica_text.h"
#include "graders/stage3-partitioning/replicas.h"

/// Epochs: one leader in each, and nobody hears those that are over (LF5, LF6).
namespace octet::followers {
namespace {

using namespace std::chrono_literals;
using grading::simulate;
using sim::Envelope;
using sim::World;

/// Both halves are handed the same epoch, and hear nothing of each other.
void ask_both_halves(World& world, std::size_t size) {
  Replicas replicas(world, size, {.durable_on = size});
  replicas.wait_until_applied(replicas.put_done(replicas.elect(replicas.ids().front())),
                              replicas.ids());
  const auto middle = replicas.ids().begin() + static_cast<std::ptrdiff_t>(size / 2);
  const std::vector<NodeId> one(replicas.ids().begin(), middle);
  const std::vector<NodeId> other(middle, replicas.ids().end());
  world.partition({one, other});
  replicas.fail_over(other.back(), replicas.fail_over(one.front()));
  world.run_for(2s).heal().run_for(2s);
  replicas.expect_agreement();
}

/// All are handed the same epochs at the same time, again and again.
void ask_everybody(World& world, std::size_t size) {
  Replicas replicas(world, size, {.durable_on = size});
  for (std::uint64_t epoch = 1; epoch < 5; ++epoch) {
    for (int times = 0; times < 3; ++times) {
      for (const NodeId id : replicas.ids()) replicas.fail_over(id, Epoch{epoch});
      world.run_for(37ms);
    }
    for (const NodeId id : replicas.ids()) replicas.put(id);
  }
  replicas.expect_agreement();
}

/// A replica that was asked, or has asked, crashes; then another one is handed the same epoch. The
/// third one hears nobody of them twice.
void ask_again_after_a_crash(World& world, bool crash_who_asked) {
  Replicas replicas(world, 3, {.durable_on = 2});
  const auto& ids = replicas.ids();
  replicas.wait_until_applied(replicas.put_done(replicas.elect(ids[0])), ids);
  world.isolate(ids[2]);
  const NodeId leader = replicas.elect(ids[0]);
  const NodeId crashes = crash_who_asked ? ids[0] : ids[1];
  const NodeId alone = crash_who_asked ? ids[1] : ids[0];
  const Epoch epoch = replicas.view(leader).epoch;
  world.crash(crashes).heal().isolate(alone).restart(crashes);
  replicas.fail_over(ids[2], epoch);
  world.run_for(2s);
  replicas.fail_over(crashes, epoch);
  world.run_for(2s).heal();
  replicas.expect_agreement();
}

/// The one that is handed the fail-over lets another one lead, whose log is better. Then it
/// crashes, and is handed the same once more.
void ask_the_same_again(World& world) {
  Replicas replicas(world, 3, {.durable_on = 2});
  const NodeId first = replicas.elect(replicas.ids().front());
  const auto followers = replicas.others({first});
  world.isolate(followers.back());
  replicas.put_done(first);
  world.crash(first).heal();
  const NodeId asked = followers.back();
  const NodeId second = replicas.elect(asked);
  const Epoch epoch = replicas.view(second).epoch;
  world.crash(asked).isolate(followers.front()).restart(asked).restart(first);
  replicas.fail_over(asked, epoch);
  world.run_for(1s);
  replicas.fail_over(first, epoch);
  world.run_for(1s).heal();
  replicas.expect_agreement();
}

/// The logs of four are of four lengths. When two have answered, one of these is to lead; then the
/// one with the longest log answers.
void let_a_better_log_come_late(World& world) {
  Replicas replicas(world, 4, {.durable_on = 4});
  const NodeId first = replicas.elect(replicas.ids().front());
  const auto others = replicas.others({first});
  replicas.wait_until_applied(replicas.put_done(first), replicas.ids());
  const NodeId asked = others[0];
  for (const NodeId away : others) {
    cut(world, {away}, replicas.others({away}));
    replicas.put(first);
    world.run_for(100ms);
  }
  world.heal().delay(
      [=](const Envelope& message) { return message.from == asked && message.to == first; }, 500ms);
  cut(world, {first}, {others[1], others[2]});
  const NodeId second = replicas.elect(asked);
  if (second != first) cut(world, {second}, {asked, first});
  world.run_for(1s).heal().run_for(1s);
  replicas.expect_agreement();
}

/// The one that is asked lags, and what it says last comes to the next leader when there is another
/// epoch, in which somebody else leads.
void let_what_is_said_last_come_late(World& world) {
  Replicas replicas(world, 3, {.durable_on = 2});
  const NodeId first = replicas.elect(replicas.ids().front());
  const NodeId lags = replicas.others({first}).front();
  const NodeId has_it = replicas.others({first}).back();
  world.isolate(lags);
  replicas.put_done(first);
  world.heal().isolate(first);
  const Epoch epoch = replicas.fail_over(lags);
  world.run_until([&] { return replicas.view(has_it).epoch == epoch; }, replicas.bound());
  world.heal().delay(
      [=](const Envelope& message) { return message.from == lags && message.to == has_it; }, 1s);
  world.run_for(150ms).isolate(lags);
  replicas.put_done(replicas.elect(first));
  world.heal_one_way(lags, has_it).run_for(2s).heal();
  replicas.expect_agreement();
}

/// Who is handed an epoch reaches nobody. Then it promises to let somebody lead in a later one, and
/// reaches the third one, who has not heard of that.
void let_a_later_one_overtake(World& world) {
  Replicas replicas(world, 3, {.durable_on = 2});
  const NodeId third = replicas.ids()[0];
  const NodeId early = replicas.ids()[1];
  const NodeId later = replicas.ids()[2];
  replicas.wait_until_applied(replicas.put_done(replicas.elect(third)), replicas.ids());
  world.cut_one_way(early, later).cut_one_way(early, third);
  replicas.fail_over(early);
  world.run_for(50ms);
  cut(world, {later}, {third});
  const Epoch epoch = replicas.fail_over(later);
  world.run_until([&] { return replicas.view(early).epoch == epoch; }, replicas.bound());
  world.heal_one_way(early, later);  // its promise arrives
  world.run_until([&] { return replicas.leader_of(epoch).has_value(); }, replicas.bound());
  world.cut_one_way(later, early).heal_one_way(early, third);
  world.run_for(2s).heal();
  replicas.expect_agreement();
}

GRADED_TEST(FailOver, OneLeaderInAnEpoch, 1,
            "an epoch that is handed to several replicas, or several times, has one leader at "
            "most, also when nobody can ask all others, and when those crash that have made or "
            "got a promise, or answer late (LF5)") {
  for (const std::size_t size : {2U, 3U, 4U, 5U}) {
    simulate({.options = limited}, [=](World& world) { ask_both_halves(world, size); });
    simulate({.options = limited, .runs = 2}, [=](World& world) { ask_everybody(world, size); });
  }
  for (const bool who_asked : {false, true}) {
    simulate({.options = limited, .runs = 2},
             [=](World& world) { ask_again_after_a_crash(world, who_asked); });
  }
  simulate({.options = limited}, ask_the_same_again);
  simulate({.options = limited, .runs = 2}, let_a_later_one_overtake);
  simulate({.options = limited, .runs = 2}, let_a_better_log_come_late);
  simulate({.options = limited, .runs = 2}, let_what_is_said_last_come_late);
}

/// Two of three have a new leader, and the old one still reaches the other of them, which may have
/// been started again meanwhile.
void let_the_old_leader_speak(World& world, bool crash) {
  Replicas replicas(world, 3, {.durable_on = 2});
  const NodeId old = replicas.elect(replicas.ids().front());
  replicas.wait_until_applied(replicas.put_done(old), replicas.ids());
  const auto others = replicas.others({old});
  cut(world, {old}, others);
  const NodeId leader = replicas.elect(others.front());
  const NodeId follower = leader == others.front() ? others.back() : others.front();
  if (crash) {
    cut(world, {leader}, {follower});
    world.crash(follower).restart(follower);
  }
  // The follower hears the old leader. What it answers to that arrives, too.
  world.heal_one_way(old, follower).heal_one_way(follower, old);
  const std::size_t put = replicas.put(old);
  world.run_for(1s);
  EXPECT_EQ(replicas.answer<Acknowledged>(put), nullptr)
      << name(old) << " acknowledges in epoch 1, and " << name(follower)
      << " has let another one lead in a later one (LF5)";
  world.heal().run_for(1s);
  EXPECT_EQ(replicas.view(old).role, Role::follower) << "a later leader can be heard (LF5)";
  replicas.wait_until_applied(replicas.put_done(leader), replicas.ids());
  replicas.expect_agreement();
}

/// What the old leader has sent comes when others have gone on in a later epoch.
void let_old_messages_come_late(World& world, std::size_t durable_on) {
  Replicas replicas(world, 5, {.durable_on = durable_on});
  const NodeId old = replicas.elect(replicas.ids().front());
  replicas.wait_until_applied(replicas.put_done(old), replicas.ids());
  world.delay([=](const Envelope& message) { return message.from == old || message.to == old; },
              700ms);
  for (int i = 0; i < 3; ++i) replicas.put(old);
  world.run_for(150ms).crash(old);
  const NodeId leader = replicas.elect(replicas.others({old}).back());
  Token token;
  for (int i = 0; i < 6; ++i) token = replicas.put_done(leader);
  world.run_for(1s);
  EXPECT_EQ(replicas.view(leader).role, Role::leader) << "what is over deposes nobody (LF5)";
  replicas.wait_until_applied(token, replicas.others({old}));
  world.heal().restart(old);
  replicas.wait_until_applied(replicas.put_done(leader), replicas.ids());
  replicas.expect_agreement();
}

/// A leader is answered late: when it leads for the second time, and the one that has answered has
/// another log.
void let_old_answers_come_late(World& world) {
  Replicas replicas(world, 5, {.durable_on = 3});
  const NodeId leader = replicas.elect(replicas.ids().front());
  replicas.wait_until_applied(replicas.put_done(leader), replicas.ids());
  const auto others = replicas.others({leader});
  const NodeId answers = others.front();
  world.partition({{leader, answers}, replicas.others({leader, answers})});
  world.delay(
      [=](const Envelope& message) { return message.from == answers && message.to == leader; }, 3s);
  for (int i = 0; i < 9; ++i) replicas.put(leader);
  world.run_for(120ms).heal().cut_off({leader, answers});
  const NodeId second = replicas.elect(others.back());
  world.heal();
  replicas.wait_until_applied(replicas.put_done(second), replicas.ids());
  if (replicas.elect(leader) != leader) return;
  cut(world, {leader}, {others[0], others[2], others[3]});
  world.heal_one_way(answers, leader);
  std::size_t put = 0;
  for (int i = 0; i < 9; ++i) put = replicas.put(leader);
  world.run_for(4s);
  EXPECT_EQ(replicas.answer<Acknowledged>(put), nullptr)
      << name(leader) << " and one other replica have it (LF1, LF5)";
  world.heal();
  replicas.acknowledged(put);
}

GRADED_TEST(FailOver, TheOldLeaderIsOver, 1,
            "when another one leads, the old leader acknowledges nothing more, and what it says, "
            "or has said long ago, is refused by all that have promised so, after a crash too; nor "
            "does an answer to that count when it leads again (LF1, LF5)") {
  for (const bool crash : {false, true}) {
    simulate({.options = limited, .runs = 2},
             [=](World& world) { let_the_old_leader_speak(world, crash); });
  }
  for (const std::size_t durable_on : {1U, 2U, 3U}) {
    simulate({.options = limited, .runs = 2},
             [=](World& world) { let_old_messages_come_late(world, durable_on); });
  }
  simulate({.options = limited}, let_old_answers_come_late);
}

struct Absence {
  std::size_t durable_on = 1;
  bool restart = false;  // it crashes meanwhile
  int newer = 0;         // writes of the next leader
  bool again = false;    // another epoch begins with those in the log
  int alone = 5;         // writes that nobody else has
};

/// A leader takes writes alone, and comes back to another one.
void let_it_rejoin(World& world, const Absence& absence) {
  const auto [durable_on, restart, newer, again, alone] = absence;
  Replicas replicas(world, 3, {.durable_on = durable_on, .most_entries = 2});
  const NodeId old = replicas.elect(replicas.ids().front());
  replicas.wait_until_applied(replicas.put_done(old), replicas.ids());
  world.isolate(old);
  for (int i = 0; i < alone; ++i) replicas.submit(old, Add{"alone", replicas.next_amount()});
  world.run_for(300ms);
  NodeId leader = replicas.elect(replicas.others({old}).front());
  Token token{};
  for (int i = 0; i < newer; ++i) token = replicas.put_done(leader);
  if (again) leader = replicas.elect(leader);
  if (restart) world.crash(old).restart(old);
  const std::size_t early = replicas.read(old, "alone", token);
  world.run_for(300ms);
  const bool is_early = newer > 0 && replicas.answer<Value>(early) != nullptr;
  EXPECT_FALSE(is_early) << name(old) << " has heard of nothing, and reads with a later token";
  world.heal();
  if (newer > 0) {
    EXPECT_EQ(replicas.value(early).value, std::nullopt) << "nobody else has that (LF6)";
  }
  replicas.wait_until_applied(replicas.put_done(leader), replicas.ids());
  for (const NodeId id : replicas.ids()) {
    EXPECT_EQ(replicas.view(id).values.count("alone"), 0U)
        << name(id) << " shows what the leader before had taken alone (LF6)";
  }
  if (restart) world.crash(old).restart(old).run_for(100ms);
  replicas.put_done(replicas.elect(old));  // whatever it remembers of the time when it led before
  replicas.expect_agreement();
}

GRADED_TEST(FailOver, WhoRejoinsDiscards, 1,
            "an old leader that comes back throws away what it has taken alone, all of it, before "
            "it shows anything of the new leader's log (LF6)") {
  for (const std::size_t durable_on : {1U, 2U}) {
    for (const bool restart : {false, true}) {
      for (const int newer : {0, 2, 9}) {
        for (const bool again : {false, true}) {
          for (const int alone : {1, 5}) {
            simulate({.options = limited}, [=](World& world) {
              let_it_rejoin(world, {durable_on, restart, newer, again, alone});
            });
          }
        }
      }
    }
  }
}

}  // namespace
}  // namespace octet::followers
