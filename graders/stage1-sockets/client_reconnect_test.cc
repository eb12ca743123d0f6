#include <set>
#include <string>
#include <vector>

#include "graders/dsl/graded_test.h"
#include "graders/stage1-sockets/client_rig.h"

namespace octet::sockets {
namespace {

using grading::ClientRig;
using grading::frame;
using grading::numbered;
using grading::ScriptedPeer;
using grading::tell;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::nanoseconds;
using std::chrono::seconds;
using Status = Reply::Status;

const Reply lost = {Status::lost};

/// Everything that the server has received so far, by its body.
std::set<std::string> received_bodies(ClientRig& rig) {
  std::set<std::string> bodies;
  for (const ScriptedPeer::Request& request : rig.peer.take_requests()) bodies.insert(request.body);
  return bodies;
}

/// Answers what comes until nothing more does, also after pauses between attempts.
void answer_all(ClientRig& rig, const std::vector<std::size_t>& places) {
  const auto all_ended = [&] {
    for (const std::size_t place : places) {
      if (!rig.has_ended(place)) return false;
    }
    return true;
  };
  for (int step = 0; step < 100 && !all_ended(); ++step) {
    for (const ScriptedPeer::Request& request : rig.peer.take_requests()) {
      rig.peer.reply(request, "answer to " + request.body);
    }
    rig.settle();
    if (!all_ended()) rig.advance(milliseconds(250));
  }
}

/// What ends a connection.
struct Ending {
  std::string name;
  std::function<void(ScriptedPeer&, std::size_t connection)> happen;
};

std::vector<Ending> endings() {
  return {
      {"closes", [](ScriptedPeer& peer, std::size_t on) { peer.close(on); }},
      {"resets", [](ScriptedPeer& peer, std::size_t on) { peer.reset(on); }},
      {"ends its stream", [](ScriptedPeer& peer, std::size_t on) { peer.shut_down_sending(on); }},
      {"ends its stream inside a reply",
       [](ScriptedPeer& peer, std::size_t on) {
         peer.send(on, frame(numbered(1, "half of it")).substr(0, 15));
         peer.shut_down_sending(on);
       }},
      {"announces 4294967295 bytes",
       [](ScriptedPeer& peer, std::size_t on) { peer.send(on, "\xff\xff\xff\xff"); }},
      {"announces 2147483649 bytes",
       [](ScriptedPeer& peer, std::size_t on) {
         peer.send(on, {"\x80\0\0\1", 4});
       }},
      {"sends a frame of seven bytes",
       [](ScriptedPeer& peer, std::size_t on) { peer.send(on, frame("seven b")); }},
      {"sends an empty frame",
       [](ScriptedPeer& peer, std::size_t on) { peer.send(on, frame("")); }},
  };
}

GRADED_TEST(Client, EveryEndingLosesWhatWasSent, 1,
            "when its connection ends, a request that was sent ends as lost, at once (T7)") {
  for (const Ending& ending : endings()) {
    tell("the server reads, and then " + ending.name);
    ClientRig rig;
    std::vector<std::size_t> places;
    for (int i = 0; i < 5; ++i)
      places.push_back(rig.request("body " + std::to_string(i), hours(1)));
    rig.settle();
    const std::set<std::string> sent = received_bodies(rig);
    ASSERT_FALSE(sent.empty()) << "nothing was sent to a server that listens";
    const std::size_t first = rig.peer.newest();
    ending.happen(rig.peer, first);
    rig.settle();
    EXPECT_FALSE(rig.peer.is_open(first))
        << "the server " << ending.name << ", and the client keeps the connection";
    for (std::size_t i = 0; i < places.size(); ++i) {
      if (!sent.contains("body " + std::to_string(i))) continue;
      EXPECT_EQ(rig.outcome(places[i]), lost) << "the server " << ending.name;
    }
    answer_all(rig, places);
    for (std::size_t i = 0; i < places.size(); ++i) {
      if (sent.contains("body " + std::to_string(i))) continue;
      EXPECT_TRUE(rig.has_ended(places[i]) && rig.outcome(places[i])->status == Status::ok)
          << "it was not sent, so it waits for the next connection";
    }
    rig.expect_that_it_still_works("after all");
    if (testing::Test::HasFailure()) return;
  }
}

GRADED_TEST(Client, NoRequestIsSentTwice, 1,
            "a request whose outcome is unknown is not sent again (T6)") {
  // The peer itself fails the test when a body comes a second time.
  ClientRig rig;
  std::vector<std::size_t> places;
  for (int i = 0; i < 12; ++i) {
    places.push_back(rig.request("add " + std::to_string(i), hours(1)));
    rig.settle();
    rig.peer.take_requests();
    tell("the server does what it received and ends the connection before it replies");
    if (rig.peer.accepted() == 0) continue;
    if (i % 2 == 0) rig.peer.close(rig.peer.newest());
    if (i % 2 == 1) rig.peer.reset(rig.peer.newest());
    rig.settle();
    if (i % 3 != 0) rig.advance(rig.longest_pause());
  }
  rig.advance(rig.longest_pause());
  answer_all(rig, places);
  int lost_ones = 0;
  for (const std::size_t place : places) {
    ASSERT_TRUE(rig.has_ended(place)) << "request " << place << " never ends";
    if (rig.outcome(place) == lost) ++lost_ones;
  }
  EXPECT_GT(lost_ones, 3) << "the server did the work and never said so";
  rig.expect_that_it_still_works("after all");
}

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
  EXPECT_EQ(rig.outcome(impatient), (Reply{Status::timed_out}));
  for (const std::size_t place : places) {
    EXPECT_FALSE(rig.has_ended(place))
        << "its deadline is far, and it was never sent; it ends as " << *rig.outcome(place);
  }
  rig.peer.listen_again();
  rig.advance(rig.longest_pause());
  EXPECT_EQ(rig.peer.accepted(), 1u) << "no pause between two attempts is longer than the cap";
  answer_all(rig, places);
  for (std::size_t i = 0; i < places.size(); ++i) {
    EXPECT_EQ(rig.outcome(places[i]),
              (Reply{Status::ok, "answer to patient " + std::to_string(i)}));
  }
}

/// The server accepts and closes at once. Checks when the next attempt comes after failure
/// `attempt`: not before the range of its delay, and not after it.
void expect_delay_in_range(ClientRig& rig, DelayRange range, std::uint64_t attempt, bool exact) {
  const std::size_t accepted = rig.peer.accepted();
  rig.request("something to send " + std::to_string(accepted), hours(1000));
  rig.settle();
  Clock::duration passed = Clock::duration::zero();
  if (exact && range.min > passed) {
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

/// Into which eighth of its range each of the first pauses of a client falls.
std::vector<int> eighths(std::uint64_t seed) {
  constexpr int slices = 8;
  ClientConfig config = {.backoff = {.base = seconds(16), .cap = hours(1)}, .seed = seed};
  const auto declared = make_backoff(config.backoff, config.seed);
  ClientRig rig(config);
  rig.request("the first", hours(1000));
  rig.settle();
  std::vector<int> slice_of;
  for (std::uint64_t attempt = 1; attempt <= 3 && rig.peer.accepted() > 0; ++attempt) {
    rig.peer.close(rig.peer.newest());
    rig.settle();
    rig.request("another " + std::to_string(attempt), hours(1000));
    rig.settle();
    const std::size_t accepted = rig.peer.accepted();
    const DelayRange range = declared->range(attempt);
    rig.advance(range.min);
    int slice = 0;
    for (; slice < slices && rig.peer.accepted() == accepted; ++slice) {
      rig.advance((range.max - range.min) / slices + nanoseconds(1));
    }
    slice_of.push_back(slice);
  }
  return slice_of;
}

GRADED_TEST(
    Client, AttemptsKeepTheirDistance, 1,
    "the pause after failed attempt k is in range(k), jittered; only a reply resets k (T4)") {
  ClientConfig config;
  config.seed = grading::seed();
  const auto declared = make_backoff(config.backoff, config.seed);
  ClientRig rig(config);
  rig.request("the first", hours(1000));
  rig.settle();
  ASSERT_EQ(rig.peer.accepted(), 1u);
  for (std::uint64_t attempt = 1; attempt <= 70; ++attempt) {
    rig.peer.close(rig.peer.newest());
    rig.settle();
    const bool exact = attempt < 12 || (attempt & (attempt - 1)) == 0 || attempt == 70;
    expect_delay_in_range(rig, declared->range(attempt), attempt, exact);
  }
  tell("one reply, then the connection ends");
  const auto requests = rig.peer.take_requests();
  ASSERT_FALSE(requests.empty());
  rig.peer.reply(requests.back(), "hello");
  rig.settle();
  for (std::uint64_t attempt = 1; attempt <= 3; ++attempt) {
    rig.peer.close(rig.peer.newest());
    rig.settle();
    expect_delay_in_range(rig, declared->range(attempt), attempt, true);
  }
  tell("four clients with seeds of their own fail three times");
  std::set<std::vector<int>> different;
  for (std::uint64_t seed = 1; seed <= 4; ++seed) different.insert(eighths(seed));
  EXPECT_EQ(different.begin()->size(), 3u) << "the clients made no attempts";
  EXPECT_GT(different.size(), 1u) << "all four come back in the same moments";
}

GRADED_TEST(Client, OneAttemptAtATime, 1,
            "no second attempt begins before the first has an end (T5)") {
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

void expect_closed(ClientRig& rig, std::size_t open_request, bool destroy) {
  if (destroy) {
    rig.destroy();
  } else {
    rig.close();
    const std::size_t after = rig.request("after close()", hours(1));
    rig.settle();
    EXPECT_EQ(rig.outcome(after), lost) << "a closed client serves nobody";
    rig.close();
  }
  rig.settle();
  EXPECT_EQ(rig.outcome(open_request), lost);
  rig.expect_no_work_left();
  const std::size_t accepted = rig.peer.accepted();
  rig.advance(seconds(60));
  EXPECT_EQ(rig.peer.accepted(), accepted) << "a closed client connects no more";
}

GRADED_TEST(Client, CloseEndsEverything, 1,
            "close() ends every request as lost and cancels what waits, in every state (T5, F7)") {
  for (const bool destroy : {false, true}) {
    tell(destroy ? "destroying is closing" : "closing");
    {
      ClientRig rig;
      const std::size_t open = rig.request("outstanding", hours(1));
      rig.await_request();
      expect_closed(rig, open, destroy);
    }
    {
      ClientRig rig;
      rig.peer.stop_listening();
      const std::size_t open = rig.request("before a retry", hours(1));
      rig.settle();
      rig.advance(nanoseconds(1));
      rig.peer.listen_again();
      expect_closed(rig, open, destroy);
    }
    {
      ClientRig rig({}, 0);
      rig.peer.ignore_attempts();
      const std::size_t open = rig.request("while connecting", hours(1));
      rig.settle();
      expect_closed(rig, open, destroy);
    }
    {
      ClientRig rig;
      const std::size_t open = rig.request("closed before it began", hours(1));
      expect_closed(rig, open, destroy);
    }
    ClientRig idle;
    idle.expect_that_it_still_works("before it is idle");
    if (destroy) {
      idle.destroy();
    } else {
      idle.close();
    }
    idle.expect_no_work_left();
  }
}

}  // namespace
}  // namespace octet::sockets
