#include <functional>
#include <set>
#include <string>
#include <vector>

#include "graders/dsl/graded_test.h"
#include "graders/stage1-sockets/client_rig.h"

namespace octet::sockets {
namespace {

using grading::ClientRig;
using grading::frame;
using grading::lost;
using grading::numbered;
using grading::ScriptedPeer;
using grading::tell;
using std::chrono::hours;

constexpr std::size_t more_than_buffers_hold = 8 << 20;  // of a connection nobody reads from

/// Everything that the server has received so far, by its body.
std::set<std::string> received_bodies(ClientRig& rig) {
  std::set<std::string> bodies;
  for (const ScriptedPeer::Request& request : rig.peer.take_requests()) bodies.insert(request.body);
  return bodies;
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
    rig.answer_until_ended(places);
    for (std::size_t i = 0; i < places.size(); ++i) {
      if (sent.contains("body " + std::to_string(i))) continue;
      EXPECT_TRUE(rig.has_ended(places[i]) && rig.outcome(places[i])->status == Reply::Status::ok)
          << "it was not sent, so it waits for the next connection";
    }
    rig.expect_that_it_still_works("after all");
    if (testing::Test::HasFailure()) return;
  }
}

/// What left the client was only a part, for all that the client can know.
void expect_half_a_request_to_be_lost(const Ending& ending) {
  tell("a request larger than every buffer, to a server that does not read and then " +
       ending.name);
  ClientRig rig({.max_payload = more_than_buffers_hold + 8});
  rig.peer.stop_reading();
  const std::size_t large = rig.request(std::string(more_than_buffers_hold, 'x'), hours(1));
  rig.settle();
  ASSERT_EQ(rig.peer.accepted(), 1u);
  ending.happen(rig.peer, 0);
  rig.peer.read_again();
  rig.settle();
  EXPECT_EQ(rig.outcome(large), lost) << "a part of it was sent, and its connection has ended";
  rig.expect_that_it_still_works("after half a request");
}

GRADED_TEST(Client, NoRequestIsSentTwice, 1,
            "a request of which a part was sent is not sent again (T6)") {
  for (std::size_t i = 0; i < 3; ++i) {
    expect_half_a_request_to_be_lost(endings()[i]);
    if (testing::Test::HasFailure()) return;
  }
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
  rig.answer_until_ended(places);
  int lost_ones = 0;
  for (const std::size_t place : places) {
    ASSERT_TRUE(rig.has_ended(place)) << "request " << place << " never ends";
    if (rig.outcome(place) == lost) ++lost_ones;
  }
  EXPECT_GT(lost_ones, 3) << "the server did the work and never said so";
  rig.expect_that_it_still_works("after all");
}

}  // namespace
}  // namespace octet::sockets
