#include "graders/dsl/net/server_process.h"

#include <gtest/gtest.h>

#include <asio/post.hpp>
#include <memory>
#include <stdexcept>
#include <vector>

#include "graders/dsl/allocation_watch.h"
#include "graders/dsl/net/tests/failure.h"
#include "graders/dsl/net/tests/small_servers.h"
#include "graders/dsl/net/wire.h"
#include "runtime/check.h"

namespace octet::grading {
namespace {

using namespace std::chrono_literals;

std::string failure_when_spoken_to(const StartServer& start) {
  return failure_of([&] {
    ServerProcess server(start);
    Wire wire(server);
    wire.send("hello");
    wire.expect("hello");
  });
}

TEST(ServerProcess, StopsWhenNothingIsLeft) {
  ServerProcess server(echoes());
  Wire wire(server);
  wire.send("hello");
  wire.expect("hello");
  EXPECT_EQ(server.ended(), std::nullopt);
  server.stop();
  EXPECT_EQ(server.ended(), "it has stopped");
}

TEST(ServerProcess, WorkLeftAfterStopIsAFailure) {
  ServerProcess server(cannot_be_stopped());
  expect_contains(failure_of([&] { server.stop(); }), "still has work to do");
}

TEST(ServerProcess, TellsHowItEnded) {
  expect_contains(failure_when_spoken_to(crashes_when_spoken_to()), "killed by SIGSEGV");
  expect_contains(failure_when_spoken_to(exits_when_spoken_to()), "it called exit(0)");
  expect_contains(failure_when_spoken_to(throws_when_spoken_to()), "out of tea");
}

TEST(ServerProcess, TellsWhyItDidNotStart) {
  const StartServer throws = [](asio::io_context&) -> HostedServer {
    throw std::runtime_error("the port is in use");
  };
  expect_contains(failure_of([&] { const ServerProcess server(throws); }), "the port is in use");
  const StartServer open = [](asio::io_context&) -> HostedServer { YOUR_CODE_HERE; };
  const std::string failure = failure_of([&] { const ServerProcess server(open); });
  EXPECT_EQ(failure.find("not written yet: graders/"), 0U) << failure;
}

TEST(ServerProcess, TimersFireWhenTheClockMovesAndNotBefore) {
  ServerProcess server(echoes_after_a_second());
  Wire wire(server);
  wire.send("hello");
  wire.expect_silence();
  server.advance(999ms);
  wire.expect_silence();
  server.advance(1ms);
  wire.expect("hello");
}

TEST(ServerProcess, RestIsToldFromABusyLoop) {
  ServerProcess calm(echoes());
  calm.expect_at_rest();
  ServerProcess restless(spins_and_echoes());
  expect_contains(failure_of([&] { restless.expect_at_rest(); }), "keeps the processor busy");
}

TEST(ServerProcess, DescriptorsRunOut) {
  ServerProcess server(echoes());
  const std::size_t before = server.open_descriptors();
  server.limit_descriptors(2);
  Wire first(server);
  Wire second(server);
  Wire third(server);
  first.send("1");
  first.expect("1");
  second.send("2");
  second.expect("2");
  server.settle();
  EXPECT_EQ(server.open_descriptors(), before + 2);
}

TEST(ServerProcess, LargeAllocationsAreSeen) {
  constexpr std::size_t large = 50 << 20;
  ServerProcess server([](asio::io_context& io) {
    asio::post(io, [] { std::string().append(large, 'x'); });
    return echoes()(io);
  });
  server.settle();
  EXPECT_GE(server.peak_memory(), large);
  if (!AllocationWatch::works()) return;
  EXPECT_GE(server.largest_allocation(), large);
}

/// Keeps its first megabytes. Of the others it frees all but a byte that was asked for later, so
/// that malloc cannot give them back to the system.
TEST(ServerProcess, MemoryIsWhatWasNotGivenBack) {
  if (!AllocationWatch::works()) GTEST_SKIP() << "a sanitizer keeps what is freed";
  constexpr std::size_t large = 10 << 20;
  std::vector<std::unique_ptr<char[]>> kept;
  ServerProcess server([&](asio::io_context& io) {
    asio::post(io, [&] {
      kept.push_back(std::make_unique<char[]>(large));
      std::vector<std::unique_ptr<char[]>> freed;
      for (int i = 0; i < 100; ++i) freed.push_back(std::make_unique<char[]>(large / 100));
      kept.push_back(std::make_unique<char[]>(1));
    });
    return echoes()(io);
  });
  server.settle();
  EXPECT_GE(server.memory(), large);
  EXPECT_LT(server.memory(), large + (1 << 20));
}

}  // namespace
}  // namespace octet::grading
