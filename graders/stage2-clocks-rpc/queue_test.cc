#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "graders/dsl/graded_test.h"
#include "graders/stage2-clocks-rpc/cases.h"
#include "graders/stage2-clocks-rpc/consumers.h"

/// A queue that delivers at least once.
namespace octet::queue {
namespace {

using namespace std::chrono_literals;
using grading::simulate;
using grading::simulate_each;
using grading::tell;
using sim::World;

constexpr Duration visible_after = Consumers::visible_after;

/// Is over, wherever in its bounds the queue chose the end.
constexpr Duration surely_visible = 2 * visible_after + 1s;

struct CrashAt {
  std::size_t
      earlier;  // so many crashes before: the disk keeps something else of what it was given
  std::size_t step;
  std::size_t effects;  // or after all of them, when it has no more
  bool at_once;         // or when its disk has had time
};

/// What two producers and two consumers do, and what the queue has promised them.
struct Day {
  Consumers users;
  std::vector<std::string> promised = {};  // accepted, and not acknowledged
  std::optional<Delivery> in_hand = {};

  void enqueue(const std::string& body) {
    if (users.enqueue(body)) promised.push_back(body);
  }
  void receive() { in_hand = users.receive(); }
  void acknowledge() {
    if (!in_hand) return;
    std::erase(promised, in_hand->body);
    users.acknowledge(in_hand->receipt);
  }
};

using Step = std::function<void(World&, Day&)>;

std::vector<Step> steps_of_a_day() {
  const auto enqueue = [](const char* body) {
    return [body](World&, Day& day) { day.enqueue(body); };
  };
  const auto receive = [](World&, Day& day) { day.receive(); };
  const auto acknowledge = [](World&, Day& day) { day.acknowledge(); };
  const auto wait = [](World& world, Day&) { world.run_for(surely_visible); };
  return {enqueue("a"), enqueue("b"), receive, acknowledge, receive, enqueue("c"),
          receive,      wait,         receive, wait,        receive, acknowledge};
}

/// Everything that is left comes, in the end.
void empty_the_queue(World& world, Day& day) {
  std::vector<std::string> came;
  for (int i = 0; i < 10; ++i) {
    while (const auto delivery = day.users.receive()) {
      came.push_back(delivery->body);
      day.users.acknowledge(delivery->receipt);
    }
    world.run_for(surely_visible);
  }
  for (const std::string& body : day.promised) {
    const auto& dead = day.users.dead();
    if (std::ranges::count(came, body) + std::ranges::count(dead, body) > 0) continue;
    world.fail(
        "what was accepted is not lost",
        fmt::format("\"{}\" was accepted and never acknowledged, but does not come (Q1)", body));
  }
}

void play_day(World& world, const CrashAt& at) {
  Day day{Consumers(world, 2)};
  for (std::size_t i = 0; i < at.earlier; ++i) day.users.restart();
  const std::vector<Step> steps = steps_of_a_day();
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (i == at.step && at.at_once) world.crash_after_effects(Consumers::id, at.effects);
    steps[i](world, day);
    if (i == at.step) world.crash(Consumers::id).run_for(1s).restart(Consumers::id);
  }
  empty_the_queue(world, day);
}

std::vector<CrashAt> all_crashes() {
  std::vector<CrashAt> all = {{0, 99, 0, false}};  // none
  for (std::size_t step = 0; step < steps_of_a_day().size(); ++step) {
    all.push_back({0, step, 0, false});
    for (std::size_t earlier = 0; earlier < 12; ++earlier) {
      for (const std::size_t effects : {0U, 1U, 2U, 3U}) {
        all.push_back({earlier, step, effects, true});
      }
    }
  }
  return all;
}

GRADED_TEST(Queue, AcceptedIsNotLost, 1,
            "what was accepted is delivered until it is acknowledged, although the queue crashes "
            "after any of its effects (Q1)") {
  simulate_each({}, all_crashes(), play_day);
  simulate({}, [](World& world) {
    Consumers users(world, 3);
    const std::string binary("\0\r\n\xff", 4);
    const std::string large(300'000, 'x');
    const std::vector<std::string> bodies = {"", binary, large, binary, ""};
    for (const std::string& body : bodies) users.enqueue(body);
    users.restart();
    for (const std::string& body : bodies) {
      users.acknowledge(users.expect_delivery(body, "it was accepted before the crash").receipt);
    }
    users.restart();
    world.run_for(surely_visible);
    users.expect_nothing("all was acknowledged before the crash");
    users.expect_dead({}, "all was acknowledged");
  });
}

GRADED_TEST(Queue, TheUnacknowledgedComesBack, 1,
            "a delivery that nobody acknowledges is out of sight for its time, and visible within "
            "twice that, on a quiet queue and after a restart (Q2)") {
  simulate_each<bool>({}, {false, true}, [](World& world, bool crashes) {
    Consumers users(world, 5);
    users.expect_nothing("nothing was enqueued");
    users.enqueue("a");
    users.expect_delivery("a", "it is visible");
    users.expect_nothing("it is with a consumer");
    world.run_for(visible_after / 2);
    if (crashes) users.restart();
    world.run_for(visible_after / 2 - 1s);
    users.expect_nothing("it is with a consumer, who has a second left");
    world.run_for(surely_visible - visible_after + (crashes ? visible_after / 2 : 0s));
    users.expect_delivery("a", "nobody has acknowledged it in time (Q2)");
    users.enqueue("b");
    users.expect_delivery("b", "what was never delivered is visible");
    if (crashes) users.restart();
    users.enqueue("c");
    users.expect_delivery("c", "a restart hides nothing but what was delivered");
    world.run_for(surely_visible);
    users.expect_delivery("a", "it is visible again");
    users.expect_delivery("b", "it is visible again");
    users.expect_delivery("c", "it is visible again");
  });
  simulate({}, [](World& world) {
    Consumers users(world, 5);
    users.enqueue("a");
    users.expect_delivery("a", "it is visible");
    bool is_back = false;
    for (Duration passed{}; passed < surely_visible; passed += visible_after / 4) {
      world.run_for(visible_after / 4);
      users.enqueue("work");
      const auto delivery = users.receive();
      if (delivery && delivery->body == "a") is_back = true;
      if (delivery) users.acknowledge(delivery->receipt);
    }
    EXPECT_TRUE(is_back) << "a was delivered and not acknowledged, and does not come back while "
                            "others are delivered (Q2)";
  });
}

GRADED_TEST(Queue, AReceiptIsOfOneDelivery, 1,
            "an acknowledgement ends the delivery it was given for, and no other (Q3)") {
  simulate_each<bool>({}, {false, true}, [](World& world, bool crashes) {
    Consumers users(world, 9);
    users.enqueue("a");
    users.enqueue("b");
    const auto first = users.expect_delivery("a", "it is visible");
    users.acknowledge(first.receipt + 1'000);
    users.acknowledge(0);
    users.acknowledge(UINT64_MAX);
    world.run_for(surely_visible);
    if (!crashes) {
      users.acknowledge(first.receipt);
      tell("the acknowledgement came too late");
    }
    const auto second = users.expect_delivery("a", "its first delivery was not acknowledged (Q3)");
    users.acknowledge(first.receipt);
    if (crashes) users.restart();
    users.acknowledge(first.receipt);
    world.run_for(surely_visible);
    const auto third = users.expect_delivery("a", "its second delivery was not acknowledged (Q3)");
    users.acknowledge(second.receipt);
    users.acknowledge(third.receipt);
    users.acknowledge(third.receipt);
    if (crashes) users.restart();
    const auto other = users.expect_delivery("b", "nobody has received it");
    users.acknowledge(third.receipt);
    world.run_for(surely_visible);
    users.acknowledge(users.expect_delivery("b", "it was not acknowledged").receipt);
    users.acknowledge(other.receipt);
    world.run_for(surely_visible);
    users.expect_nothing("both were acknowledged");
    users.expect_dead({}, "both were acknowledged");
  });
}

GRADED_TEST(Queue, TheOrderIsOfAcceptance, 1,
            "of what is visible comes first what was accepted first, also what came back (Q4)") {
  simulate_each<bool>({}, {false, true}, [](World& world, bool crashes) {
    Consumers users(world, 9);
    for (const char* body : {"a", "b", "c", "d"}) users.enqueue(body);
    users.expect_delivery("a", "it is the first");
    const auto second = users.expect_delivery("b", "it is the second");
    if (crashes) users.restart();
    users.acknowledge(second.receipt);
    world.run_for(surely_visible);
    users.enqueue("e");
    users.expect_delivery("a", "what came back keeps its place (Q4)");
    world.run_for(visible_after / 2);
    users.expect_delivery("c", "a is out of sight, b is gone");
    world.run_for(surely_visible);
    if (crashes) users.restart();
    if (crashes) world.run_for(surely_visible);
    for (const char* body : {"a", "c", "d", "e"}) {
      users.acknowledge(users.expect_delivery(body, "the order is that of acceptance").receipt);
    }
    for (int i = 0; i < 12; ++i) users.enqueue(std::to_string(i));
    for (int i = 0; i < 12; ++i) users.expect_delivery(std::to_string(i), "the order of numbers");
  });
}

GRADED_TEST(Queue, GivenUpOnce, 1,
            "after so many deliveries a message is dead, once, also on a quiet queue (Q5)") {
  simulate_each<bool>({}, {false, true}, [](World& world, bool crashes) {
    Consumers users(world, 3);
    users.enqueue("bad");
    users.enqueue("good");
    for (int i = 0; i < 3; ++i) {
      users.expect_delivery("bad", "it was delivered less often than it may be");
      users.expect_dead({}, "it has a delivery left");
      if (i == 0) users.acknowledge(users.expect_delivery("good", "it is visible").receipt);
      if (crashes) users.restart();
      world.run_for(surely_visible);
    }
    users.expect_dead({"bad"}, "nobody acknowledged its third delivery");
    if (crashes) users.restart();
    world.run_for(surely_visible);
    users.expect_nothing("it is dead");
    users.expect_dead({"bad"}, "it was told once (Q5)");
    tell("the last delivery is acknowledged");
    users.enqueue("late");
    for (int i = 0; i < 2; ++i) {
      users.expect_delivery("late", "it has a delivery left");
      world.run_for(surely_visible);
    }
    const auto last = users.expect_delivery("late", "it has a delivery left");
    if (crashes) users.restart();
    world.run_for(visible_after / 2);
    users.acknowledge(last.receipt);
    world.run_for(surely_visible);
    users.expect_nothing("it was acknowledged");
    users.expect_dead({"bad"}, "the last delivery counts, too");
  });
  simulate({}, [](World& world) {
    Consumers users(world, 1);
    users.enqueue("once");
    users.enqueue("done");
    users.expect_delivery("once", "it is visible");
    users.acknowledge(users.expect_delivery("done", "it is visible").receipt);
    world.run_for(surely_visible);
    users.expect_dead({"once"}, "one delivery is all that it may have");
    users.expect_nothing("one is dead, the other acknowledged");
  });
}

void work(Consumers& users, int times) {
  for (int i = 0; i < times; ++i) {
    users.enqueue("work");
    users.acknowledge(users.expect_delivery("work", "it is visible").receipt);
  }
}

GRADED_TEST(Queue, StaysSmall, 1,
            "memory and disk are those of what is in the queue, not of its past (Q1)") {
  simulate({}, [](World& world) {
    Consumers users(world, 3);
    users.enqueue("first");
    users.expect_delivery("first", "it is visible");
    work(users, 300);
    EXPECT_EQ(users.answers(), 301U);
    EXPECT_LT(world.durable_records(Consumers::id).size(), 250U)
        << "records on disk, for one message in the queue, after 301 of them";
    EXPECT_LT(world.node(Consumers::id).state().size(), 5'000U)
        << "bytes of state, for one message in the queue, after 301 of them";
    tell("a crash after each acknowledgement: wherever the log was written anew");
    for (int i = 0; i < 100; ++i) {
      work(users, 1);
      users.restart();
    }
    users.enqueue("last");
    world.run_for(surely_visible);
    users.acknowledge(users.expect_delivery("first", "nobody acknowledged it").receipt);
    users.acknowledge(users.expect_delivery("last", "it is visible").receipt);
    users.expect_nothing("both were acknowledged");
  });
  simulate({}, [](World& world) {
    Consumers users(world, 2);
    users.enqueue("bad");
    users.expect_delivery("bad", "it is visible");
    world.run_for(surely_visible);
    users.expect_delivery("bad", "it has a delivery left");
    work(users, 300);
    users.restart();
    world.run_for(surely_visible);
    users.expect_dead({"bad"}, "a log that is written anew still knows its deliveries (Q5)");
  });
}

}  // namespace
}  // namespace octet::queue
