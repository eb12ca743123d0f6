#include "client.h"

#include <gtest/gtest.h>

#include <array>
#include <asio/buffer.hpp>
#include <asio/write.hpp>
#include <list>
#include <memory>
#include <optional>
#include <vector>

#include "frame_codec.h"
#include "graders/dsl/net/event_loop.h"

namespace octet::sockets {
namespace {

using asio::ip::tcp;
using std::chrono::milliseconds;
using std::chrono::seconds;
using Status = Reply::Status;

/// What arrived on one connection of the server below.
struct Accepted {
  explicit Accepted(tcp::socket from) : socket(std::move(from)) {}

  void read() {
    socket.async_read_some(asio::buffer(bytes), [this](asio::error_code error, std::size_t count) {
      if (error) {
        ended = true;
        return;
      }
      decoder.feed({bytes.data(), count});
      while (auto payload = decoder.next()) requests.push_back(*payload);
      read();
    });
  }

  void send(std::string_view payload) {
    std::string frame;
    append_frame(frame, payload);
    asio::write(socket, asio::buffer(frame));
  }

  /// Answers request `index` with its own number and body.
  void echo(std::size_t index) { send(requests.at(index)); }

  tcp::socket socket;
  std::array<char, 4096> bytes{};
  FrameDecoder decoder{default_max_payload};
  std::vector<std::string> requests;  // payloads
  bool ended = false;
};

/// A server that does what the test says, on the event loop of the client.
class PuppetServer {
 public:
  explicit PuppetServer(asio::io_context& io)
      : acceptor_(io, {asio::ip::address_v4::loopback(), 0}) {
    accept();
  }

  tcp::endpoint endpoint() const { return acceptor_.local_endpoint(); }
  std::size_t accepted() const { return connections_.size(); }
  Accepted& latest() { return connections_.back(); }

  void close() {
    acceptor_.close();
    for (Accepted& each : connections_) each.socket.close();
  }

 private:
  void accept() {
    acceptor_.async_accept([this](asio::error_code error, tcp::socket socket) {
      if (error) return;
      connections_.emplace_back(std::move(socket)).read();
      accept();
    });
  }

  tcp::acceptor acceptor_;
  std::list<Accepted> connections_;
};

/// Everything that one test plays with, in virtual time.
struct Stage {
  grading::EventLoop loop;
  PuppetServer server{loop.io()};
  std::vector<Reply> replies;  // in the order of their coming
  std::optional<Client> client{std::in_place, loop.io(), server.endpoint(), config()};

  static ClientConfig config() { return {.max_payload = 1000, .max_waiting = 4}; }

  void ask(std::string body, Clock::duration timeout = seconds(10)) {
    client->request(std::move(body), timeout, [this](Reply reply) { replies.push_back(reply); });
  }

  void wait_for_replies(std::size_t count) {
    loop.run_until("replies", [&] { return replies.size() == count; });
  }

  /// On the newest connection.
  void wait_for_requests(std::size_t count) {
    loop.run_until("requests", [&] {
      return server.accepted() > 0 && server.latest().requests.size() == count;
    });
  }

  /// Time passes until the client has connected that often.
  void wait_for_connection(std::size_t count) {
    for (int tries = 0; tries < 100 && server.accepted() < count; ++tries) {
      loop.advance(milliseconds(50));
    }
    loop.run_until("a connection", [&] { return server.accepted() == count; });
  }
};

Reply ok(std::string body) {
  return {.status = Status::ok, .body = std::move(body)};
}
const Reply timed_out{.status = Status::timed_out};
const Reply lost{.status = Status::lost};

TEST(Client, PairsAnswersThatComeInAnyOrder) {
  Stage stage;
  stage.ask("one");
  stage.ask("two");
  stage.wait_for_requests(2);
  stage.server.latest().echo(1);
  stage.server.latest().echo(0);
  stage.wait_for_replies(2);
  EXPECT_EQ(stage.replies, (std::vector{ok("two"), ok("one")}));
  EXPECT_EQ(stage.server.accepted(), 1U);
}

TEST(Client, ALateAnswerAnswersNothing) {
  Stage stage;
  stage.ask("one", seconds(1));
  stage.wait_for_requests(1);
  stage.loop.advance(seconds(1));
  stage.wait_for_replies(1);
  stage.ask("two");
  stage.server.latest().echo(0);
  stage.wait_for_requests(2);
  stage.server.latest().echo(1);
  stage.wait_for_replies(2);
  EXPECT_EQ(stage.replies, (std::vector{timed_out, ok("two")}));
}

TEST(Client, AnAnswerBeforeItsRequestAnswersNothing) {
  Stage stage;
  stage.ask("one");
  stage.wait_for_requests(1);
  std::string next = stage.server.latest().requests[0];
  ++next[7];
  stage.server.latest().send(next);
  stage.server.latest().echo(0);
  stage.wait_for_replies(1);
  stage.ask("two");
  stage.wait_for_requests(2);
  EXPECT_EQ(stage.replies, std::vector{ok("one")});
}

TEST(Client, WhatWasSentIsLostWithItsConnectionAndNeverSentAgain) {
  Stage stage;
  stage.ask("add 1");
  stage.wait_for_requests(1);
  stage.server.latest().socket.close();
  stage.wait_for_replies(1);
  EXPECT_EQ(stage.replies, std::vector{lost});

  stage.ask("read");  // waits for the pause to end, unsent
  stage.wait_for_connection(2);
  stage.wait_for_requests(1);
  EXPECT_TRUE(stage.server.latest().requests[0].ends_with("read"));
}

TEST(Client, AnswersBeforeTheEndStillCount) {
  Stage stage;
  stage.ask("one");
  stage.ask("two");
  stage.wait_for_requests(2);
  stage.server.latest().echo(0);
  stage.server.latest().socket.close();
  stage.wait_for_replies(2);
  EXPECT_EQ(stage.replies, (std::vector{ok("one"), lost}));
}

TEST(Client, DeadlinesPassAlsoWithoutAConnection) {
  Stage stage;
  stage.server.close();
  stage.ask("one", seconds(1));
  stage.loop.settle();
  EXPECT_TRUE(stage.replies.empty()) << "a refused connection is tried again";
  stage.loop.advance(seconds(1));
  stage.wait_for_replies(1);
  EXPECT_EQ(stage.replies, std::vector{timed_out});
}

TEST(Client, PausesGrowUntilAnAnswerComes) {
  Stage stage;
  stage.ask("one", std::chrono::hours(1));
  std::vector<Clock::duration> pauses;
  for (std::size_t connection = 1; connection <= 5; ++connection) {
    const Clock::time_point before = Clock::now();
    stage.wait_for_connection(connection);
    pauses.push_back(Clock::now() - before);
    stage.wait_for_requests(1);
    stage.server.latest().socket.close();
    stage.wait_for_replies(connection);
    stage.ask("again", std::chrono::hours(1));
  }
  EXPECT_GT(pauses[4], pauses[1]) << "accepting is not answering";

  stage.wait_for_connection(6);
  stage.wait_for_requests(1);
  stage.server.latest().echo(0);
  stage.wait_for_replies(6);
  stage.server.latest().socket.close();
  stage.loop.settle();
  stage.ask("again", std::chrono::hours(1));
  const Clock::time_point before = Clock::now();
  stage.wait_for_connection(7);
  EXPECT_LE(Clock::now() - before, milliseconds(100)) << "an answer sets the counter back";
}

TEST(Client, TooMuchAtOnceIsLostUnsent) {
  Stage stage;
  stage.ask(std::string(993, 'x'));
  for (int i = 0; i < 5; ++i) stage.ask("x");
  EXPECT_TRUE(stage.replies.empty()) << "no handler runs inside request()";
  stage.wait_for_requests(4);
  EXPECT_EQ(stage.replies, (std::vector{lost, lost})) << "one is too long, one is too many";
}

TEST(Client, WhatIsNoAnswerEndsTheConnection) {
  for (const std::string& payload : {std::string("short"), std::string(1001, 'x')}) {
    Stage stage;
    stage.ask("one");
    stage.wait_for_requests(1);
    stage.server.latest().send(payload);
    stage.wait_for_replies(1);
    EXPECT_EQ(stage.replies, std::vector{lost});
    stage.loop.run_until("the end of the connection", [&] { return stage.server.latest().ended; });
  }
}

TEST(Client, CloseEndsEverything) {
  Stage stage;
  stage.ask("sent");
  stage.wait_for_requests(1);
  stage.ask("unsent");
  stage.client->close();
  stage.ask("too late");
  EXPECT_TRUE(stage.replies.empty()) << "no handler runs inside close()";
  stage.server.close();
  stage.loop.io().run();  // returns, since nothing is left
  EXPECT_EQ(stage.replies, (std::vector{lost, lost, lost}));
}

TEST(Client, CloseEndsThePauseToo) {
  Stage stage;
  stage.server.close();
  stage.ask("one");
  stage.loop.settle();
  stage.client->close();
  stage.loop.io().run();
  EXPECT_EQ(stage.replies, std::vector{lost});
}

TEST(Client, AHandlerMayDestroyTheClient) {
  Stage stage;
  stage.client->request("one", seconds(1), [&](Reply reply) {
    stage.replies.push_back(reply);
    stage.client.reset();
  });
  stage.ask("two");
  stage.wait_for_requests(2);
  stage.server.latest().echo(0);
  stage.wait_for_replies(2);
  EXPECT_EQ(stage.replies, (std::vector{ok("one"), lost}));
}

TEST(Client, AHandlerMayAskAgain) {
  Stage stage;
  stage.client->request("one", seconds(1), [&](Reply reply) {
    stage.replies.push_back(reply);
    stage.ask("two");
  });
  stage.wait_for_requests(1);
  stage.server.latest().socket.close();
  stage.wait_for_connection(2);
  stage.wait_for_requests(1);
  stage.server.latest().echo(0);
  stage.wait_for_replies(2);
  EXPECT_EQ(stage.replies, (std::vector{lost, ok("two")}));
}

}  // namespace
}  // namespace octet::sockets
