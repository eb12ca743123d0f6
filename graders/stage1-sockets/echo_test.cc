#include <algorithm>
#include <string>
#include <vector>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/net/wire.h"
#include "graders/dsl/random.h"
#include "graders/stage1-sockets/frames.h"
#include "graders/stage1-sockets/servers.h"

namespace octet::sockets {
namespace {

using grading::Random;
using grading::ServerProcess;
using grading::tell;
using grading::Wire;
using namespace std::chrono_literals;

GRADED_TEST(Echo, EveryFrameComesBack, 1,
            "replies are byte-exact and in request order, empty frames too (F1, F3)") {
  ServerProcess server(echo_server());
  Wire wire(server);
  wire.send(frame("hello"));
  wire.expect(frame("hello"));

  std::string every_byte;
  for (int byte = 0; byte < 256; ++byte) every_byte.push_back(static_cast<char>(byte));
  const std::string bytes = frame("first") + frame("") + frame(every_byte) + frame("") + frame("") +
                            frame(header(5)) + frame("last");
  wire.send(bytes);
  wire.expect(bytes);
  wire.send(frame(""));
  wire.expect(frame(""));
  wire.expect_silence();
}

GRADED_TEST(Echo, EveryCut, 2, "replies do not depend on how TCP cuts the stream (F1)") {
  ServerProcess server(echo_server());
  Wire wire(server);
  const std::string bytes = frame("one") + frame("") + frame("three") + frame("four");
  wire.send_in_pieces(bytes, 1);
  wire.expect(bytes);
  for (std::size_t cut = 1; cut < bytes.size(); ++cut) {
    wire.send_cut(bytes, {cut});
    wire.expect(bytes);
  }
  tell("a frame is answered when it is complete, not when the next one is");
  wire.send_cut(bytes + header(4).substr(0, 3), {5, bytes.size() - 1});
  wire.expect(bytes);
  wire.send(header(4).substr(3) + "tail");
  wire.expect(frame("tail"));

  Random random(grading::seed(), "cuts");
  for (int round = 0; round < 20; ++round) {
    std::vector<std::size_t> cuts;
    for (int i = 0; i < 5; ++i) cuts.push_back(1 + random.below(bytes.size() - 1));
    std::sort(cuts.begin(), cuts.end());
    wire.send_cut(bytes, cuts);
    wire.expect(bytes);
  }
}

GRADED_TEST(Echo, ManyFramesInOneRead, 1,
            "all frames that have arrived are answered without waiting for more bytes (F1)") {
  ServerProcess server(echo_server());
  Wire wire(server);
  server.pause();
  const std::string few = frame("a") + frame("bb") + frame("ccc") + header(9) + "half";
  wire.send(few);
  server.resume();
  wire.expect(frame("a") + frame("bb") + frame("ccc"));
  wire.send("whole");
  wire.expect(frame("halfwhole"));

  const std::string many = numbered_frames(10'000, 20);
  ASSERT_TRUE(wire.send_and_receive(many, many.size()) == many) << "the replies are not the frames";
  wire.expect_silence();
}

GRADED_TEST(Echo, LongestFrameAndHostileLengths, 2,
            "a length above the limit ends that connection only, without memory for it (F2)") {
  ServerProcess server(echo_server());
  Wire bystander(server, {.name = "bystander"});
  const std::string longest = numbered_frame(7, default_max_payload);
  ASSERT_TRUE(bystander.send_and_receive(longest, longest.size()) == longest)
      << "a frame of exactly the limit comes back";

  const std::size_t memory = server.peak_memory();
  for (const std::uint32_t length :
       {default_max_payload + 1, 50'000'000U, 0x7fffffffU, 0x80000001U, 0xfffffffcU, 0xffffffffU}) {
    Wire hostile(server, {.name = "client that announces " + std::to_string(length) + " bytes"});
    hostile.send(frame("before") + header(length));
    hostile.expect_close_after(frame("before"));
  }
  EXPECT_LT(server.peak_memory(), memory + 32 * megabyte);
  EXPECT_LT(server.largest_allocation(), 16 * megabyte) << "bytes of memory were asked for at once";

  server.settle();
  const std::size_t descriptors = server.open_descriptors();
  Wire chatty(server, {.name = "client that announces too much and goes on"});
  chatty.send(header(default_max_payload + 1));
  chatty.send_until_full(std::string(2 * megabyte, 'x'));
  bystander.send(frame("still here"));
  bystander.expect(frame("still here"));
  expect_served(server, "newcomer");

  tell("what comes behind the length must not cost the replies that wait for a slow reader");
  Wire slow(server, {.name = "slow client that announces too much", .receive_buffer = 4096});
  const std::string before = numbered_frames(10, 20'000);
  slow.send_until_full(before + header(0xffffffffU) + std::string(megabyte / 2, 'x'));
  server.settle();
  ASSERT_TRUE(slow.receive(before.size()) == before) << "the replies are not the frames";
  slow.expect_close();
  tell("neither of the two ends its own side, and the server does not wait for that forever");
  server.advance(10s);
  server.settle();
  EXPECT_LE(server.open_descriptors(), descriptors) << "connections that ended are open";

  ServerProcess strict(echo_server({.max_payload = 10}), {.name = "a server with a limit of 10"});
  Wire wire(strict);
  wire.send(frame("0123456789") + header(11));
  wire.expect_close_after(frame("0123456789"));
}

}  // namespace
}  // namespace octet::sockets
