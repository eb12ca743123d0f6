#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "graders/dsl/graded_test.h"
#include "graders/stage1-sockets/client_rig.h"

namespace octet::sockets {
namespace {

using grading::ClientRig;
using grading::lost;
using grading::ok;
using grading::ScriptedPeer;
using grading::tell;
using grading::timed_out;
using std::chrono::hours;
using std::chrono::nanoseconds;
using std::chrono::seconds;
using Status = Reply::Status;

std::string body(std::size_t request) {
  return "request " + std::to_string(request);
}

/// Answers what the server has received, the newest first, until nothing more comes.
void answer_in_reverse(ClientRig& rig) {
  rig.settle();
  for (auto requests = rig.peer.take_requests(); !requests.empty();
       requests = rig.peer.take_requests()) {
    std::reverse(requests.begin(), requests.end());
    for (const ScriptedPeer::Request& request : requests) {
      rig.peer.reply(request, "answer to " + request.body);
    }
    rig.settle();
  }
}

GRADED_TEST(Client, EachRequestGetsItsOwnReply, 1,
            "requests end once, with their own answers, in whatever order these come (T1, T3)") {
  ClientRig rig;
  for (std::size_t i = 0; i < 20; ++i) rig.request(body(i), hours(1));
  answer_in_reverse(rig);
  for (std::size_t i = 0; i < 20; ++i) EXPECT_EQ(rig.outcome(i), ok("answer to " + body(i)));

  std::string all_bytes;
  for (int byte = 0; byte < 256; ++byte) all_bytes += static_cast<char>(byte);
  const std::string longest((1 << 20) - 8, 'x');
  for (const std::string& sent : {std::string(), all_bytes, longest}) {
    const std::size_t place = rig.request(sent, hours(1));
    const ScriptedPeer::Request received = rig.await_request();
    EXPECT_TRUE(received.body == sent) << "a body of " << sent.size() << " bytes arrives changed";
    rig.peer.reply(received, sent);
    rig.settle();
    ASSERT_TRUE(rig.has_ended(place)) << "the reply has " << sent.size() << " bytes";
    EXPECT_TRUE(*rig.outcome(place) == ok(sent)) << "it ends as " << *rig.outcome(place);
  }
}

/// Makes requests with deadlines at 1, 2 and 3 seconds and sees each of them end at its time.
void expect_exact_deadlines(ClientRig& rig) {
  const std::vector<std::size_t> places = {rig.request("to end at 3 s", seconds(3)),
                                           rig.request("to end at 1 s", seconds(1)),
                                           rig.request("to end at 2 s", seconds(2))};
  rig.settle();
  for (const std::size_t index : {1u, 2u, 0u}) {
    rig.advance(seconds(1) - nanoseconds(1));
    EXPECT_FALSE(rig.has_ended(places[index]))
        << "one nanosecond before its deadline it ends as " << *rig.outcome(places[index]);
    rig.advance(nanoseconds(1));
    EXPECT_EQ(rig.outcome(places[index]), timed_out) << "at its deadline";
    if (testing::Test::HasFailure()) return;
  }
}

/// The rest of a frame that was begun belongs to its stream, whoever still waits for it.
void expect_a_deadline_to_leave_frames_whole() {
  constexpr std::size_t more_than_fits = 8 << 20;
  tell("the server does not read, and a request times out while a part of it is sent");
  ClientRig rig({.max_payload = more_than_fits + 64});
  rig.peer.stop_reading();
  const std::size_t large = rig.request(std::string(more_than_fits, 'x'), seconds(1));
  rig.settle();
  rig.advance(seconds(1));
  EXPECT_EQ(rig.outcome(large), timed_out);
  const std::size_t next = rig.request("the next", hours(1));
  rig.settle();
  rig.peer.read_again();
  rig.answer_until_ended({next});
  EXPECT_EQ(rig.outcome(next), ok("answer to the next"))
      << "the server finds no frame of it behind the request that timed out";
}

GRADED_TEST(Client, DeadlinesCoverTheWholeWait, 1,
            "a deadline is exact and covers waiting, connecting, sending and the reply (T2)") {
  expect_a_deadline_to_leave_frames_whole();
  {
    tell("the server refuses connections");
    ClientRig rig;
    rig.peer.stop_listening();
    expect_exact_deadlines(rig);
    rig.peer.listen_again();
    rig.expect_that_it_still_works("after refused connections");
  }
  {
    tell("the server does not react to attempts");
    ClientRig rig({}, 0);
    rig.peer.ignore_attempts();
    expect_exact_deadlines(rig);
  }
  ClientRig rig;
  const std::size_t unanswered = rig.request("never answered", seconds(2));
  rig.await_request();
  rig.advance(seconds(2) - nanoseconds(1));
  EXPECT_FALSE(rig.has_ended(unanswered));
  rig.advance(nanoseconds(1));
  EXPECT_EQ(rig.outcome(unanswered), timed_out);
  const std::size_t endless = rig.request("no deadline", Clock::duration::max());
  rig.advance(hours(1));
  EXPECT_FALSE(rig.has_ended(endless))
      << "it has no deadline, and ends as " << *rig.outcome(endless);
  const std::size_t at_once = rig.request("no time at all", seconds(0));
  rig.advance(nanoseconds(1));
  EXPECT_EQ(rig.outcome(at_once), timed_out);
}

GRADED_TEST(Client, ALateReplyAnswersNothing, 1,
            "what comes after the deadline is never the answer to another request (T3)") {
  ClientRig rig;
  for (const bool before_next_request : {true, false}) {
    const std::string first_body = before_next_request ? "slow" : "slow again";
    const std::size_t slow = rig.request(first_body, seconds(1));
    const ScriptedPeer::Request first = rig.await_request();
    rig.advance(seconds(1));
    ASSERT_EQ(rig.outcome(slow), timed_out);
    if (before_next_request) rig.peer.reply(first, "late");
    rig.settle();
    const std::size_t next = rig.request("after " + first_body, hours(1));
    const ScriptedPeer::Request second = rig.await_request();
    if (!before_next_request) rig.peer.reply(first, "late");
    rig.settle();
    ASSERT_FALSE(rig.has_ended(next))
        << "it was not answered yet, and ends as " << *rig.outcome(next);
    rig.peer.reply(second, "in time");
    rig.settle();
    EXPECT_EQ(rig.outcome(next), ok("in time"));
    EXPECT_EQ(rig.outcome(slow), timed_out);
  }
  for (const std::uint64_t offset : {1u, 2u, 1000u}) {
    const std::size_t place = rig.request("offset " + std::to_string(offset), hours(1));
    const ScriptedPeer::Request received = rig.await_request();
    rig.peer.reply(received.connection, received.number + offset, "to a number nobody asked with");
    rig.settle();
    rig.peer.reply(received, "right");
    rig.settle();
    ASSERT_TRUE(rig.has_ended(place));
    EXPECT_TRUE(*rig.outcome(place) == ok("right") || *rig.outcome(place) == lost)
        << "it ends as " << *rig.outcome(place);
    rig.expect_that_it_still_works("after number + " + std::to_string(offset));
  }
}

GRADED_TEST(Client, AReplyAtTheDeadlineCountsOnce, 1,
            "reply and deadline in the same tick: one outcome, exactly once (T1)") {
  ClientRig rig;
  for (int i = 0; i < 4; ++i) {
    const std::size_t place = rig.request("close call " + std::to_string(i), seconds(1));
    const ScriptedPeer::Request received = rig.await_request();
    ASSERT_FALSE(rig.has_ended(place));
    const bool tick_first = i % 2 == 0;
    if (tick_first) rig.peer.reply(received, "just in time");
    rig.advance(seconds(1));
    if (!tick_first) rig.peer.reply(received, "just too late");
    rig.settle();
    ASSERT_TRUE(rig.has_ended(place)) << "its deadline has come";
    const Reply& outcome = *rig.outcome(place);
    EXPECT_TRUE(outcome == timed_out || (tick_first && outcome == ok("just in time")))
        << "it ends as " << outcome;
  }
  rig.expect_that_it_still_works("after close calls");
}

GRADED_TEST(Client, HoldsNoMoreThanItsLimit, 1,
            "one request too many, or too long, ends as lost and disturbs nobody (T1)") {
  ClientRig rig({.max_payload = 1000, .max_waiting = 5});
  std::vector<std::size_t> held;
  for (std::size_t i = 0; i < 5; ++i) held.push_back(rig.request(body(i), hours(1)));
  const std::size_t excess = rig.request("one too many", hours(1));
  rig.settle();
  EXPECT_EQ(rig.outcome(excess), lost) << "five requests are open already";
  answer_in_reverse(rig);
  for (const std::size_t i : held) EXPECT_EQ(rig.outcome(i), ok("answer to " + body(i)));
  const std::size_t too_long = rig.request(std::string(1000 - 7, 'x'), hours(1));
  rig.settle();
  EXPECT_EQ(rig.outcome(too_long), lost) << "with its number it has 1001 bytes, of 1000 allowed";
  const std::size_t longest = rig.request(std::string(1000 - 8, 'y'), hours(1));
  rig.peer.reply(rig.await_request(), "fits");
  rig.settle();
  EXPECT_EQ(rig.outcome(longest), ok("fits"));
}

GRADED_TEST(Client, HandlersMayDoAnything, 1,
            "a handler may make a request, close the client, or destroy it (T1)") {
  {
    ClientRig rig;
    std::size_t chained = 0;
    const std::size_t first = rig.request(
        "first", hours(1), [&] { chained = rig.request("from the handler", hours(1)); });
    rig.peer.reply(rig.await_request(), "one");
    const ScriptedPeer::Request second = rig.await_request();
    EXPECT_EQ(second.body, "from the handler");
    rig.peer.reply(second, "two");
    rig.settle();
    EXPECT_EQ(rig.outcome(first), ok("one"));
    EXPECT_EQ(rig.outcome(chained), ok("two"));
  }
  for (const bool destroy : {false, true}) {
    for (const Status why : {Status::ok, Status::timed_out, Status::lost}) {
      ClientRig rig;
      const std::size_t waiting = rig.request("waiting", hours(1));
      rig.await_request();
      const std::size_t last = rig.request("last", seconds(1), [&] {
        if (destroy) {
          rig.destroy();
        } else {
          rig.close();
        }
      });
      rig.settle();
      const auto received = rig.peer.take_requests();
      if (why == Status::timed_out) rig.advance(seconds(1));
      if (why == Status::lost) rig.peer.close(rig.peer.newest());
      if (why == Status::ok && !received.empty()) rig.peer.reply(received.front(), "bye");
      // A client with one request at a time has not sent the last one yet.
      if (received.empty()) rig.advance(seconds(1));
      rig.settle();
      ASSERT_TRUE(rig.has_ended(last));
      EXPECT_EQ(rig.outcome(waiting), lost)
          << "the client was " << (destroy ? "destroyed" : "closed");
      rig.expect_no_work_left();
    }
  }
}

}  // namespace
}  // namespace octet::sockets
