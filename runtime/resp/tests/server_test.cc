#include "runtime/resp/server.h"

#include <gtest/gtest.h>

#include <thread>

#include "runtime/resp/answers.h"
#include "runtime/resp/tests/redis_client.h"

namespace octet::resp {
namespace {

/// A store that counts the requests of each connection.
class Counting {
 public:
  Counting()
      : port_(free_port(io_)),
        server_(io_, {asio::ip::address_v4::loopback(), port_},
                [] {
                  return
                      [count = 0](const Request& request) mutable -> asio::awaitable<std::string> {
                        co_return bulk(request[0] + std::to_string(++count));
                      };
                }),
        thread_([this] { io_.run(); }) {}
  ~Counting() {
    io_.stop();
    thread_.join();
  }

  std::uint16_t port() const { return port_; }

 private:
  static std::uint16_t free_port(asio::io_context& io) {
    return asio::ip::tcp::acceptor(io, {asio::ip::address_v4::loopback(), 0})
        .local_endpoint()
        .port();
  }

  asio::io_context io_{1};
  std::uint16_t port_;
  Server server_;
  std::thread thread_;
};

TEST(RespServer, EachConnectionHasASession) {
  const Counting store;
  RedisClient one(store.port());
  RedisClient other(store.port());
  EXPECT_EQ(one.ask("a"), "a1");
  EXPECT_EQ(one.ask("a"), "a2");
  EXPECT_EQ(other.ask("b"), "b1");
}

TEST(RespServer, AnswersComeInTheOrderOfTheRequests) {
  const Counting store;
  RedisClient client(store.port());
  for (int i = 1; i <= 100; ++i) client.later("x");
  for (int i = 1; i <= 100; ++i) EXPECT_EQ(client.next(), "x" + std::to_string(i));
}

TEST(RespServer, RubbishIsAnsweredOnceAndDisturbsNobody) {
  const Counting store;
  RedisClient client(store.port());
  EXPECT_EQ(client.ask("x"), "x1");
  EXPECT_EQ(answer_to(store.port(), "GET / HTTP/1.1\r\n\r\n"),
            "-ERR what came is no request, or too long; good bye\r\n");
  EXPECT_TRUE(
      answer_to(store.port(), "*0\r\n*1\r\n$1\r\ny\r\n*9999\r\n").starts_with("$2\r\ny1\r\n-ERR "));
  EXPECT_EQ(client.ask("x"), "x2");
}

}  // namespace
}  // namespace octet::resp
