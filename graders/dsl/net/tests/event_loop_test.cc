#include "graders/dsl/net/event_loop.h"

#include <gtest/gtest.h>

#include <array>
#include <asio/buffer.hpp>
#include <asio/ip/tcp.hpp>
#include <asio/post.hpp>
#include <asio/write.hpp>

#include "graders/dsl/net/tests/failure.h"

namespace octet::grading {
namespace {

using asio::ip::tcp;
using namespace std::chrono_literals;

TEST(EventLoop, TimersFollowTheHand) {
  EventLoop loop;
  Timer timer(loop.io(), 5s);
  bool fired = false;
  timer.async_wait([&](asio::error_code) { fired = true; });
  loop.settle();
  EXPECT_FALSE(fired);
  loop.advance(4999ms);
  EXPECT_FALSE(fired);
  loop.advance(1ms);
  EXPECT_TRUE(fired);
}

TEST(EventLoop, GivesTheClockBack) {
  { const EventLoop loop; }
  EXPECT_FALSE(Clock::is_held());
}

TEST(EventLoop, BytesOnTheirWayAreWaitedFor) {
  EventLoop loop;
  tcp::acceptor acceptor(loop.io(), tcp::endpoint(asio::ip::address_v4::loopback(), 0));
  tcp::socket client(loop.io());
  client.connect(acceptor.local_endpoint());
  tcp::socket peer = acceptor.accept();
  std::array<char, 5> bytes = {};
  bool came = false;
  const auto listen = [&] {
    client.async_receive(asio::buffer(bytes), [&](asio::error_code, std::size_t) { came = true; });
  };
  for (int round = 0; round < 100; ++round) {
    came = false;
    listen();
    asio::write(peer, asio::buffer("hello", 5));
    loop.run_until("the greeting", [&] { return came; });
  }
  came = false;
  listen();
  expect_contains(failure_of([&] { loop.run_until("more", [&] { return came; }); }),
                  "waited for more, but nothing is left to do");
}

TEST(EventLoop, EndlessHandlersAreNoticed) {
  EventLoop loop;
  std::function<void()> again = [&] { asio::post(loop.io(), again); };
  again();
  expect_contains(failure_of([&] { loop.settle(); }), "without end");
}

}  // namespace
}  // namespace octet::grading
