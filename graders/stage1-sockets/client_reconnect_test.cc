#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "graders/dsl/graded_test.h"
#include "graders/stage1-sockets/client_rig.h"

namespace octet::sockets {
namespace {

using grading::ClientRig;
using grading::ok;
using grading::tell;
using grading::timed_out;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::nanoseconds;
using std::chrono::seconds;

GRADED_TEST(Client, WaitsForTheServerToComeBack, 1,
            "what is asked while nobody listens is sent once somebody does (T2, T7)") {
  ClientRig rig;
  rig.peer.stop_listening();
  std::vector<std::size_t> places;
  for (int i = 0; i < 5; ++i) {
    places.push_back(rig.request("patient " + std::to_string(i), hours(1)));
    rig.advance(milliseconds(300));
  }
  const std::size_t impatient = rig.request("impatient", seconds(1));
  rig.advance(seconds(20));
  EXPECT_EQ(rig.outcome(impatient), timed_out);
  for (const std::size_t place : places) {
    EXPECT_FALSE(rig.has_ended(place))
        << "its deadline is far, and it was never sent; it ends as " << *rig.outcome(place);
  }
  rig.peer.listen_again();
  rig.advance(rig.longest_pause());
  EXPECT_EQ(rig.peer.accepted(), 1u) << "no pause between two attempts is longer than the cap";
  rig.answer_until_ended(places);
  for (std::size_t i = 0; i < places.size(); ++i) {
    EXPECT_EQ(rig.outcome(places[i]), ok("answer to patient " + std::to_string(i)));
  }
}

/// The server accepts and closes at once. Checks when the next attempt comes after failure
/// `attempt`: not before the range of its delay, and not after it.
void expect_delay_in_range(ClientRig& rig, DelayRange range, std::uint64_t attempt) {
  rig.peer.close(rig.peer.newest());
  rig.settle();
  const std::size_t accepted = rig.peer.accepted();
  rig.request("something to send " + std::to_string(accepted), hours(1000));
  rig.settle();
  Clock::duration passed = Clock::duration::zero();
  if (range.min > passed) {
    passed = range.min - nanoseconds(1);
    rig.advance(passed);
  }
  const std::string after = "after failed attempt " + std::to_string(attempt);
  if (range.min > Clock::duration::zero() && rig.peer.accepted() != accepted) {
    grading::fail(after + " the client connects again before range(" + std::to_string(attempt) +
                  ").min has passed");
  }
  rig.advance(range.max - passed);
  if (rig.peer.accepted() == accepted + 1) return;
  grading::fail(after + " the client has made " + std::to_string(rig.peer.accepted() - accepted) +
                " attempts when range(" + std::to_string(attempt) + ").max has passed, not 1");
}

/// Lets that many attempts fail, one for each longest pause, and then one succeed.
void refuse_attempts(ClientRig& rig, int count) {
  rig.peer.close(rig.peer.newest());
  rig.settle();
  rig.peer.stop_listening();
  rig.request("something to send meanwhile", hours(1000));
  for (int i = 0; i < count; ++i) rig.advance(rig.longest_pause());
  const std::size_t accepted = rig.peer.accepted();
  rig.peer.listen_again();
  rig.advance(rig.longest_pause());
  if (rig.peer.accepted() == accepted + 1) return;
  grading::fail("after " + std::to_string(count) +
                " more failures and one longest pause the client" + " has not connected again");
}

/// Clients that lose their connections at one moment, and in which eighth of the pause each of them
/// comes back.
void expect_a_crowd_to_spread() {
  constexpr std::size_t clients = 16;
  constexpr int slices = 8;
  tell("16 clients with seeds of their own lose one server");
  ClientConfig config = {.backoff = {.base = seconds(16), .cap = hours(1)}};
  const DelayRange range = make_backoff(config.backoff, config.seed)->range(1);
  grading::EventLoop loop;
  grading::ScriptedPeer peer;
  peer.stop_reading();  // what they say does not matter, and they may be many
  const auto advance = [&](Clock::duration by) {
    loop.advance(by);
    while (peer.look()) loop.settle();
  };
  std::vector<std::unique_ptr<AnyClient>> crowd;
  for (; config.seed <= clients; ++config.seed) {
    crowd.push_back(make_client(loop.io(), peer.endpoint(), config));
    crowd.back()->request("the first", hours(1000), [](const Reply&) {});
  }
  advance(Clock::duration::zero());
  ASSERT_EQ(peer.accepted(), clients);
  for (std::size_t i = 0; i < clients; ++i) peer.reset(i);
  advance(Clock::duration::zero());
  for (const auto& client : crowd) client->request("another", hours(1000), [](const Reply&) {});
  advance(range.min);
  std::size_t most_in_one_slice = peer.accepted() - clients;
  for (int slice = 0; slice < slices; ++slice) {
    const std::size_t before = peer.accepted();
    advance((range.max - range.min) / slices + nanoseconds(1));
    most_in_one_slice = std::max(most_in_one_slice, peer.accepted() - before);
  }
  EXPECT_EQ(peer.accepted(), 2 * clients) << "range(1).max has passed";
  EXPECT_LT(most_in_one_slice, clients) << "all of them come back in the same moment";
}

GRADED_TEST(
    Client, AttemptsKeepTheirDistance, 1,
    "the pause after failed attempt k is in range(k), jittered; only a reply resets k (T4)") {
  ClientConfig config = {.backoff = {.base = milliseconds(50), .cap = seconds(1)},
                         .seed = grading::seed()};
  const auto declared = make_backoff(config.backoff, config.seed);
  {
    ClientRig rig(config);
    rig.request("the first", hours(1000));
    rig.settle();
    ASSERT_EQ(rig.peer.accepted(), 1u);
    for (std::uint64_t attempt = 1; attempt <= 6; ++attempt) {
      expect_delay_in_range(rig, declared->range(attempt), attempt);
    }
    tell("many failures more");
    refuse_attempts(rig, 60);
    for (std::uint64_t attempt = 68; attempt <= 69; ++attempt) {
      expect_delay_in_range(rig, declared->range(attempt), attempt);
    }
    tell("one reply, then the connection ends");
    const auto requests = rig.peer.take_requests();
    ASSERT_FALSE(requests.empty());
    rig.peer.reply(requests.back(), "hello");
    rig.settle();
    for (std::uint64_t attempt = 1; attempt <= 3; ++attempt) {
      expect_delay_in_range(rig, declared->range(attempt), attempt);
    }
  }
  expect_a_crowd_to_spread();
}

void expect_no_connection_without_a_request() {
  ClientRig rig;
  rig.advance(rig.longest_pause());
  EXPECT_EQ(rig.peer.accepted(), 0u) << "nobody has made a request yet";
  rig.expect_that_it_still_works("the first");
  tell("the connection ends, and nothing is to be sent");
  rig.peer.close(rig.peer.newest());
  for (int i = 0; i < 3; ++i) rig.advance(rig.longest_pause());
  EXPECT_EQ(rig.peer.accepted(), 1u) << "the client connects again and has nothing to send";
  rig.expect_that_it_still_works("the second");
  rig.request("lost", hours(1));
  rig.await_request();
  const std::size_t accepted = rig.peer.accepted();
  rig.peer.reset(rig.peer.newest());
  for (int i = 0; i < 3; ++i) rig.advance(rig.longest_pause());
  EXPECT_EQ(rig.peer.accepted(), accepted) << "what was lost is not sent again, so why connect?";
}

GRADED_TEST(Client, OneAttemptAtATime, 1,
            "the client connects only to send, and makes one attempt at a time (T5)") {
  expect_no_connection_without_a_request();
  ClientRig rig({}, 0);
  rig.peer.ignore_attempts();
  for (int i = 1; i <= 10; ++i) {
    rig.request("waits " + std::to_string(i), seconds(i));
    rig.settle();
    EXPECT_LE(rig.peer.attempts_under_way(), 1u);
  }
  EXPECT_EQ(rig.peer.attempts_under_way(), 1u) << "somebody waits, so there must be an attempt";
  for (int i = 1; i <= 10; ++i) {
    rig.advance(seconds(1));
    EXPECT_LE(rig.peer.attempts_under_way(), 1u) << "after " << i << " s without an answer to it";
  }
  rig.close();
  rig.expect_no_work_left();
  EXPECT_EQ(rig.peer.attempts_under_way(), 0u) << "the client is closed";
}

}  // namespace
}  // namespace octet::sockets
