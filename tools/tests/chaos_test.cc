#include <gtest/gtest.h>

#include "tools/chaos/plan.h"
#include "tools/tests/line.h"

namespace octet::chaos {
namespace {

using namespace std::chrono_literals;

std::string sample(std::size_t size) {
  std::string bytes;
  for (std::size_t i = 0; i < size; ++i) bytes += static_cast<char>(i * 7 + i / 256);
  return bytes;
}

TEST(Chaos, WithoutFaultsBytesPassBothWays) {
  Line line({});
  line.connect();
  line.client_sends("question");
  EXPECT_EQ(line.at_server(), "question");
  line.server_sends("answer");
  EXPECT_EQ(line.at_client(), "answer");
}

TEST(Chaos, EndOfStreamPassesAndLeavesTheOtherDirectionOpen) {
  Line line({});
  line.connect();
  line.client_sends("last words");
  line.client_shuts_down();
  line.settle();
  EXPECT_EQ(line.at_server(), "last words");
  EXPECT_EQ(line.server_end(), asio::error::eof);
  line.server_sends("heard");
  EXPECT_EQ(line.at_client(), "heard");
  EXPECT_FALSE(line.client_end());
}

TEST(Chaos, PiecesAndJitterKeepEveryByteInOrder) {
  Line line({.delay = 50ms, .jitter = 20ms, .chunk = 3, .gap = 1ms});
  line.connect();
  const std::string bytes = sample(200);
  for (std::size_t at = 0; at < bytes.size(); at += 20) {
    line.client_sends(bytes.substr(at, 20));
    line.advance(1ms);
  }
  line.advance(1s);
  EXPECT_EQ(line.at_server(), bytes);
  for (const std::uint64_t size : line.passed(Direction::up)) EXPECT_LE(size, 3u);
}

TEST(Chaos, NothingArrivesBeforeItsDelay) {
  Line line({.delay = 50ms});
  line.connect();
  line.client_sends("late");
  line.advance(49ms);
  EXPECT_EQ(line.at_server(), "");
  line.advance(1ms);
  EXPECT_EQ(line.at_server(), "late");
}

TEST(Chaos, CutClosesAfterExactlyItsBytes) {
  Line line({.cut = Moment{.bytes = 10, .counted = Direction::down}});
  line.connect();
  line.client_sends(sample(100));
  EXPECT_EQ(line.at_server().size(), 100u) << "only the other direction counts";
  line.server_sends(sample(100));
  EXPECT_EQ(line.at_client(), sample(10));
  EXPECT_EQ(line.client_end(), asio::error::eof);
}

TEST(Chaos, ResetAfterATimeIsAReset) {
  Line line({.reset = Moment{.after = 1s}});
  line.connect();
  line.advance(990ms);
  EXPECT_FALSE(line.client_end());
  line.advance(10ms);
  EXPECT_EQ(line.client_end(), asio::error::connection_reset);
  EXPECT_EQ(line.server_end(), asio::error::connection_reset);
}

TEST(Chaos, BlackholeTakesBytesAndSaysNothing) {
  Line line({.blackhole = Moment{.after = 1s}});
  line.connect();
  line.client_sends("before");
  line.advance(1s);
  line.client_sends("after");
  line.server_sends("reply");
  line.advance(1h);
  EXPECT_EQ(line.at_server(), "before");
  EXPECT_EQ(line.at_client(), "");
  EXPECT_FALSE(line.client_end());
  EXPECT_TRUE(line.has_event("client -> server: vanished"));
}

TEST(Chaos, BlackholeFromTheStartNeverReachesTheServer) {
  Line line({.blackhole = Moment{.after = 0s}});
  line.connect();
  line.client_sends("anyone?");
  line.advance(1h);
  EXPECT_FALSE(line.has_server());
  EXPECT_FALSE(line.client_end());
}

TEST(Chaos, HalfOpenSilencesOneDirection) {
  Line line({.half_open = Faults::HalfOpen{.silent = Direction::down, .from = {.after = 0s}}});
  line.connect();
  line.client_sends("question");
  EXPECT_EQ(line.at_server(), "question");
  line.server_sends("answer");
  line.advance(1h);
  EXPECT_EQ(line.at_client(), "");
  EXPECT_FALSE(line.client_end());
}

TEST(Chaos, StallHoldsEverythingAndThenLetsItPass) {
  Line line({.stall = Faults::Stall{.from = {.after = 1s}, .lasts = 5s}});
  line.connect();
  line.advance(1s);
  line.client_sends("one");
  line.server_sends("two");
  line.advance(4900ms);
  EXPECT_EQ(line.at_server() + line.at_client(), "");
  line.advance(100ms);
  EXPECT_EQ(line.at_server(), "one");
  EXPECT_EQ(line.at_client(), "two");
}

TEST(Chaos, CoalesceWaitsForAQuietMoment) {
  Line line({.coalesce = Faults::Coalesce{.bytes = 100, .quiet = 20ms}});
  line.connect();
  for (const char* piece : {"a", "b", "c"}) {
    line.client_sends(piece);
    line.advance(10ms);
  }
  EXPECT_EQ(line.at_server(), "");
  line.advance(10ms);
  EXPECT_EQ(line.at_server(), "abc");
  EXPECT_EQ(line.passed(Direction::up), std::vector<std::uint64_t>{3});
}

TEST(Chaos, CoalesceWaitsNoLongerThanItsBytes) {
  Line line({.coalesce = Faults::Coalesce{.bytes = 4, .quiet = 1h}});
  line.connect();
  line.client_sends("ab");
  EXPECT_EQ(line.at_server(), "");
  line.client_sends("cd");
  EXPECT_EQ(line.at_server(), "abcd");
}

TEST(Chaos, BandwidthIsALimit) {
  Line line({.bandwidth = 1000});
  line.connect();
  line.client_sends(sample(3000));
  line.advance(1s);
  EXPECT_GE(line.at_server().size(), 900u);
  EXPECT_LE(line.at_server().size(), 1100u);
  for (int second = 0; second < 25; ++second) line.advance(100ms);
  EXPECT_EQ(line.at_server(), sample(3000));
}

TEST(Chaos, RefusedConnectionsNeverReachTheServer) {
  Line line({.refuse = 1});
  line.connect();
  EXPECT_EQ(line.client_end(), asio::error::connection_reset);
  EXPECT_FALSE(line.has_server());
}

TEST(Chaos, LossHappensAtTheByteThatThePlanSays) {
  const Faults faults{.loss_of_connection = 1};
  const auto byte = Plan(faults, 7, 1).lost_at_byte();
  ASSERT_TRUE(byte);
  Line line(faults, 7);
  line.connect();
  line.client_sends(sample(*byte - 1));
  EXPECT_FALSE(line.client_end());
  line.client_sends("!?");
  EXPECT_EQ(line.client_end(), asio::error::connection_reset);
  EXPECT_EQ(line.proxy().totals().bytes_up, *byte);
}

TEST(Chaos, ASlowReaderSlowsItsSender) {
  Line line({.stall = Faults::Stall{.from = {.after = 0s}, .lasts = 1h}});
  line.connect();
  constexpr std::size_t most = 64 << 20;
  EXPECT_LT(line.client_sends_until_full(most), most) << "the proxy holds more than its limit";
}

TEST(Chaos, OnlyWhatNoFaultAskedForIsAnError) {
  asio::io_context io;
  const asio::ip::tcp::endpoint any_port(asio::ip::address_v4::loopback(), 0);
  const auto nobody = asio::ip::tcp::acceptor(io, any_port).local_endpoint();
  std::vector<Event> events;
  const Proxy proxy(io, {.listen = any_port, .server = nobody, .on_event = [&](const Event& event) {
                           events.push_back(event);
                         }});
  asio::ip::tcp::socket client(io);
  client.connect({any_port.address(), proxy.port()});
  while (events.size() < 2) io.run_one();
  EXPECT_EQ(events[0].what, "accepted");
  EXPECT_FALSE(events[0].is_error);
  EXPECT_TRUE(events[1].what.starts_with("cannot reach the server")) << events[1].what;
  EXPECT_TRUE(events[1].is_error);
}

TEST(Plan, TheSeedAndTheConnectionDecide) {
  const Faults faults{.delay = 50ms, .jitter = 20ms, .loss_of_connection = 0.5};
  Plan one(faults, 1, 1), same(faults, 1, 1), other(faults, 1, 2);
  EXPECT_EQ(one.lost_at_byte(), same.lost_at_byte());
  bool differs = false;
  for (int i = 0; i < 10; ++i) {
    const auto delay = one.next_delay(Direction::up);
    EXPECT_EQ(delay, same.next_delay(Direction::up));
    EXPECT_GE(delay, 30ms);
    EXPECT_LE(delay, 70ms);
    differs |= delay != other.next_delay(Direction::up);
  }
  EXPECT_TRUE(differs) << "two connections have the same delays";
}

TEST(Plan, LossHitsTheShareThatWasAsked) {
  int lost = 0;
  for (std::uint64_t number = 1; number <= 10'000; ++number) {
    if (Plan({.loss_of_connection = 0.05}, 1, number).lost_at_byte()) ++lost;
  }
  // 500 expected; seven standard deviations are 153.
  EXPECT_NEAR(lost, 500, 153);
}

}  // namespace
}  // namespace octet::chaos
