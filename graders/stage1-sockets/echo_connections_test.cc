#include <algorithm>
#include <string>
#include <vector>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/net/bytes.h"
#include "graders/dsl/net/wire.h"
#include "graders/stage1-sockets/frames.h"
#include "graders/stage1-sockets/servers.h"

/// How connections end, hang and get in each other's way; what they say meanwhile is in
/// echo_test.cc.
namespace octet::sockets {
namespace {

using grading::difference;
using grading::fail;
using grading::ServerProcess;
using grading::tell;
using grading::Wire;
using namespace std::chrono_literals;

constexpr std::size_t kilobyte = 1 << 10;
constexpr std::size_t big = 256 * kilobyte;  // a payload that no socket buffer swallows whole

/// Longer than any sensible pause after a failure.
constexpr auto a_while = 10s;

void expect_descriptors(ServerProcess& server, std::size_t at_most) {
  server.advance(a_while);
  server.settle();
  if (server.open_descriptors() <= at_most) return;
  fail("the server started with " + std::to_string(at_most) + " open descriptors and has " +
       std::to_string(server.open_descriptors()) + " although every connection has ended");
}

void expect_same(std::string_view came, std::string_view expected) {
  if (came != expected) fail("the replies are not the frames: " + difference(came, expected));
}

GRADED_TEST(Echo, SlowReaders, 2,
            "large replies to slow readers come whole and in order (F3, one write at a time)") {
  constexpr std::size_t count = 20;  // more than the buffers of the system hold
  ServerProcess server(echo_server());
  Wire left(server, {.name = "left", .receive_buffer = 32 * kilobyte});
  Wire right(server, {.name = "right", .receive_buffer = 32 * kilobyte});
  const std::string to_left = numbered_frames(count, big);
  const std::string to_right = numbered_frames(count, big + 1);
  const std::size_t sent_left = left.send_until_full(to_left);
  const std::size_t sent_right = right.send_until_full(to_right);
  server.expect_at_rest();
  expect_same(left.send_and_receive(to_left.substr(sent_left), to_left.size()), to_left);
  expect_same(right.send_and_receive(to_right.substr(sent_right), to_right.size()), to_right);
  left.expect_silence();
}

/// Sends frames until the system takes no more replies, so that the server has to keep some itself
/// or stops reading. Returns what was sent.
std::string send_until_replies_queue(ServerProcess& server, Wire& wire) {
  constexpr std::size_t payload = 25'000;
  constexpr std::size_t batch = 16;    // frames, between two looks at the server
  constexpr std::size_t most = 4'000;  // more than any socket buffers hold
  std::string sent;
  for (std::size_t i = 0; i < most; ++i) {
    const std::string next = numbered_frame(i, payload);
    wire.send(next);
    sent += next;
    if (i % batch != batch - 1) continue;
    server.settle();
    if (wire.unread_by_server() > 0 || wire.written_by_server() + 2 * payload < sent.size()) {
      return sent;
    }
  }
  fail("the server takes replies without end and the system does not complain");
}

GRADED_TEST(Echo, PeerThatSendsNoMore, 2,
            "after the peer has ended its side every frame is answered, then comes the end (F4)") {
  ServerProcess server(echo_server());
  Wire brief(server, {.name = "brief client"});
  const std::string frames = numbered_frames(100, 100);
  brief.send(frames);
  brief.shut_down_sending();
  brief.expect_close_after(frames);

  Wire at_once(server, {.name = "client whose end arrives with its frames"});
  server.pause();
  at_once.send(frames);
  at_once.shut_down_sending();
  server.resume();
  at_once.expect_close_after(frames);

  Wire slow(server, {.name = "slow client", .receive_buffer = 32 * kilobyte});
  const std::string sent = send_until_replies_queue(server, slow);
  slow.shut_down_sending();
  server.settle();
  slow.expect_close_after(sent);

  Wire silent(server, {.name = "client that says nothing"});
  silent.shut_down_sending();
  silent.expect_close();
  server.expect_at_rest();
}

GRADED_TEST(Echo, IncompleteFrameAtTheEnd, 1,
            "an incomplete frame at the end gets no reply and leaves nothing behind (F5)") {
  ServerProcess server(echo_server());
  expect_served(server, "first client");
  server.settle();
  const std::size_t at_start = server.open_descriptors();
  const std::vector<std::string> tails{header(10) + "four", header(10), header(10).substr(0, 2),
                                       header(1), header(big) + std::string(big - 1, 'x')};
  for (const std::string& tail : tails) {
    Wire alone(server, {.name = "client with a tail"});
    alone.send(tail);
    alone.shut_down_sending();
    alone.expect_close();

    Wire after(server, {.name = "client with a frame and a tail"});
    after.send(frame("complete") + tail);
    after.shut_down_sending();
    after.expect_close_after(frame("complete"));

    Wire gone(server, {.name = "client that just goes"});
    gone.send(frame("complete") + tail);
    gone.close();
  }
  expect_descriptors(server, at_start);

  // Only memory that grows with every connection is lost: a server may keep some for the next one.
  const auto go_within_a_large_frame = [&] {
    Wire wire(server, {.name = "client that goes within a large frame"});
    wire.send(header(big) + std::string(big - 1, 'x'));
    wire.shut_down_sending();
    wire.expect_close();
  };
  go_within_a_large_frame();
  const std::size_t memory = server.memory();
  for (int i = 0; i < 100; ++i) go_within_a_large_frame();
  expect_descriptors(server, at_start);
  const std::size_t grown = server.memory() - std::min(server.memory(), memory);
  EXPECT_LT(grown, 8 * megabyte) << "bytes of memory stay behind after 100 such connections";
  expect_served(server, "last client");
}

GRADED_TEST(Echo, OthersDoNotWait, 1,
            "a stalled, slow or hostile connection does not delay another (F6)") {
  ServerProcess server(echo_server());
  Wire stalled(server, {.name = "client that stalls in a frame"});
  stalled.send(header(10) + "four");
  Wire silent(server, {.name = "client that says nothing"});
  Wire deaf(server, {.name = "client that never reads", .receive_buffer = 32 * kilobyte});
  deaf.send_until_full(numbered_frames(60, big));
  Wire ended(server, {.name = "client that ends its side only"});
  ended.shut_down_sending();
  server.expect_at_rest();

  std::vector<Wire> crowd;
  for (int i = 0; i < 100; ++i) crowd.emplace_back(server);
  for (Wire& wire : crowd) wire.send(frame("quick"));
  for (Wire& wire : crowd) wire.expect(frame("quick"));
  stalled.send("and six");
  stalled.expect(header(10) + "fourand si");
  silent.send(frame("at last"));
  silent.expect(frame("at last"));
}

GRADED_TEST(Echo, MemoryDoesNotGrowForWhoNeverReads, 1,
            "who sends and does not read is not read any more, and loses nothing (F6)") {
  constexpr std::size_t offered = 16 * megabyte;
  constexpr std::size_t modest = 8 * megabyte;
  ServerProcess server(echo_server());
  expect_served(server, "first client");
  const std::size_t before = server.memory();
  Wire deaf(server, {.name = "client that never reads", .receive_buffer = 32 * kilobyte});
  const std::string frames = numbered_frames(offered / (16 * kilobyte), 16 * kilobyte);
  const std::size_t sent = deaf.send_until_full(frames);
  const std::size_t grown = server.memory() - std::min(server.memory(), before);
  if (grown > modest) {
    fail("the server's memory has grown by " + std::to_string(grown / megabyte) +
         " MB for one client that does not read");
  }
  server.expect_at_rest();
  tell("the client begins to read");
  constexpr std::size_t frame_size = 16 * kilobyte + 4;
  const std::size_t rest = (frame_size - sent % frame_size) % frame_size;
  const std::string_view more = std::string_view(frames).substr(sent, rest);
  expect_same(deaf.send_and_receive(more, sent + rest),
              std::string_view(frames).substr(0, sent + rest));
  deaf.expect_silence();
}

GRADED_TEST(Echo, Resets, 1,
            "a reset at any moment ends that connection, frees it, and nothing else (F7, F8)") {
  ServerProcess server(echo_server());
  Wire bystander(server, {.name = "bystander"});
  bystander.send(frame("here"));
  bystander.expect(frame("here"));
  const std::size_t at_start = server.open_descriptors();

  for (int round = 0; round < 5; ++round) {
    Wire half(server, {.name = "client that resets in a frame"});
    half.send_cut(header(10) + "four", {6});
    half.reset();

    Wire full(server, {.name = "client that resets with replies on the way",
                       .receive_buffer = 32 * kilobyte});
    full.send_until_full(numbered_frames(20, big));
    full.reset();

    server.pause();
    Wire early(server, {.name = "client that resets before it is accepted"});
    early.send(frame("never read"));
    early.reset();
    Wire hasty(server, {.name = "client that closes before it is accepted"});
    hasty.close();
    server.resume();
    expect_served(server, "newcomer");
  }
  bystander.send(frame("still here"));
  bystander.expect(frame("still here"));
  expect_descriptors(server, at_start);
  server.expect_at_rest();
}

GRADED_TEST(Echo, LackOfDescriptors, 1,
            "accepting goes on after descriptors ran out for a while (F8)") {
  ServerProcess server(echo_server());
  Wire early(server, {.name = "early client"});
  early.send(frame("before"));
  early.expect(frame("before"));

  tell("the server may open no more descriptors");
  server.limit_descriptors(0);
  Wire waiting(server, {.name = "waiting client"});
  waiting.send(frame("let me in"));
  server.settle();
  early.send(frame("meanwhile"));
  early.expect(frame("meanwhile"));
  tell("the server may open descriptors again");
  server.limit_descriptors(std::nullopt);
  server.advance(a_while);
  expect_served(server, "newcomer");

  tell("the server may open one more descriptor");
  server.limit_descriptors(1);
  Wire last(server, {.name = "client with the last descriptor"});
  last.send(frame("in"));
  last.expect(frame("in"));
  Wire outside(server, {.name = "client outside"});
  server.settle();
  last.close();
  outside.close();
  // Whoever accepts the one outside has taken the last descriptor again and may wait once more.
  for (int pause = 0; pause < 2; ++pause) {
    server.settle();
    server.advance(a_while);
  }
  expect_served(server, "client after that");
}

GRADED_TEST(Echo, StopWithOperationsPending, 1,
            "stop() ends every operation, safely, and the event loop runs out of work (F7)") {
  {
    ServerProcess fresh(echo_server(), {.name = "a server without clients"});
    fresh.stop();
  }
  {
    ServerProcess full(echo_server(), {.name = "a server that waits for a descriptor"});
    full.limit_descriptors(0);
    Wire outside(full, {.name = "client that was not accepted"});
    full.settle();
    full.stop();
  }
  ServerProcess server(echo_server());
  Wire silent(server, {.name = "client that says nothing"});
  Wire stalled(server, {.name = "client that stalls in a frame"});
  stalled.send_cut(header(10) + "four", {6});
  Wire deaf(server, {.name = "client that never reads", .receive_buffer = 32 * kilobyte});
  deaf.send_until_full(numbered_frames(40, big));
  Wire ended(server, {.name = "client that ends its side and never reads",
                      .receive_buffer = 32 * kilobyte});
  ended.send_until_full(numbered_frames(40, big));
  ended.shut_down_sending();
  Wire gone(server, {.name = "client that goes"});
  gone.reset();
  server.settle();
  server.stop();
}

}  // namespace
}  // namespace octet::sockets
