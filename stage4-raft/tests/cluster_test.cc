// The store as processes, as a Redis client finds it, through kill -9 and a broken network.
#include "tools/cluster/cluster.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <hiredis/hiredis.h>
#include <unistd.h>

#include <algorithm>
#include <asio/buffer.hpp>
#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>
#include <asio/read.hpp>
#include <asio/write.hpp>
#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "runtime/temporary_folder.h"

namespace octet::cluster {
namespace {

/// Three servers and the gateway.
class Store {
 public:
  static constexpr std::uint16_t ports = 12;

  Store() {
    // Below the ports that the system gives away, and apart from those of tests that run beside us.
    const auto port = static_cast<std::uint16_t>(22'000 + getpid() % 800 * ports);
    resp_ = static_cast<std::uint16_t>(port + ports - 1);
    cluster_ = std::make_unique<Cluster>(
        io_,
        Setup{.program = OCTET_KV_NODE,
              .data = folder_.path(),
              .nodes = 3,
              .first_port = port,
              .gateway = Gateway{.program = OCTET_KV_GATEWAY, .port = resp_}},
        [this](const std::string& line) { said_.push_back(line); });
    cluster_->start();
    for (const std::string name : {"1", "2", "3"}) await("node " + name + " is ready");
    await("node 100 is ready");
  }

  void type(const std::string& line) { cluster_->obey(line); }

  void restart(const std::string& who) {
    said_.clear();
    type("restart " + who);
    await(fmt::format("node {} is ready", who == "gateway" ? "100" : who));
  }

  std::uint16_t resp() const { return resp_; }

 private:
  /// Who waits for the limit has found a mistake.
  void await(const std::string& words) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    const auto is_said = [&] {
      return std::ranges::any_of(
          said_, [&](const std::string& line) { return line.find(words) != std::string::npos; });
    };
    while (!is_said()) {
      ASSERT_LT(std::chrono::steady_clock::now(), end) << words;
      io_.run_one_for(std::chrono::milliseconds(100));
      if (io_.stopped()) io_.restart();
    }
  }

  TemporaryFolder folder_;
  asio::io_context io_{1};
  std::uint16_t resp_ = 0;
  std::vector<std::string> said_;
  std::unique_ptr<Cluster> cluster_;
};

/// A Redis client, by the library that most of them are made of.
class Client {
 public:
  explicit Client(const Store& store)
      : context_(redisConnect("127.0.0.1", store.resp()), redisFree) {}

  std::string ask(const std::string& command) {
    later(command);
    return next();
  }

  /// Without waiting for the answers to what was asked before.
  void later(const std::string& command) { redisAppendCommand(context_.get(), command.c_str()); }

  std::string next() {
    void* memory = nullptr;
    if (redisGetReply(context_.get(), &memory) != REDIS_OK) return context_->errstr;
    const std::unique_ptr<void, decltype(&freeReplyObject)> owner(memory, freeReplyObject);
    const auto* reply = static_cast<const redisReply*>(memory);
    if (reply->type == REDIS_REPLY_NIL) return "nil";
    if (reply->type == REDIS_REPLY_INTEGER) return std::to_string(reply->integer);
    return {reply->str, static_cast<std::size_t>(reply->len)};
  }

 private:
  std::unique_ptr<redisContext, decltype(&redisFree)> context_;
};

TEST(Store, KeepsWhatItWasToldThroughTheKillOfEach) {
  Store store;
  Client client(store);
  EXPECT_EQ(client.ask("GET x"), "nil");
  EXPECT_EQ(client.ask("SET x ."), "OK");
  std::string written = ".";
  for (const std::string server : {"1", "2", "3"}) {
    store.type("kill " + server);
    EXPECT_EQ(client.ask("APPEND x " + server), "OK");
    written += server;
    EXPECT_EQ(client.ask("GET x"), written);
    store.restart(server);
  }
  for (const std::string server : {"1", "2", "3"}) store.type("kill " + server);
  for (const std::string server : {"1", "2", "3"}) store.restart(server);
  EXPECT_EQ(client.ask("CAS x other y"), "0");
  EXPECT_EQ(client.ask("CAS x " + written + " y"), "1");
  EXPECT_EQ(client.ask("GET x"), "y");
}

TEST(Store, IsThereThroughCutsAndPauses) {
  Store store;
  Client client(store);
  std::string written;
  for (int server = 1; server <= 3; ++server) {
    for (int other = 1; other <= 3; ++other) {
      if (other != server) store.type(fmt::format("cut {} {}", server, other));
    }
    EXPECT_EQ(client.ask(fmt::format("APPEND x {}", server)), "OK");
    store.type("heal");
    store.type(fmt::format("pause {}", server));
    EXPECT_EQ(client.ask(fmt::format("APPEND x {}", server)), "OK");
    store.type(fmt::format("resume {}", server));
    written += fmt::format("{}{}", server, server);
    EXPECT_EQ(client.ask("GET x"), written);
  }
}

TEST(Store, AnswersComeInTheOrderOfTheRequests) {
  Store store;
  Client client(store);
  std::string written;
  for (int i = 0; i < 50; ++i) {
    client.later(fmt::format("APPEND x {},", i));
    client.later("GET x");
    client.later(fmt::format("PING {}", i));
  }
  for (int i = 0; i < 50; ++i) {
    written += fmt::format("{},", i);
    EXPECT_EQ(client.next(), "OK");
    EXPECT_EQ(client.next(), written);
    EXPECT_EQ(client.next(), std::to_string(i));
  }
}

TEST(Store, ANewGatewayHasTheSameStore) {
  Store store;
  EXPECT_EQ(Client(store).ask("SET x 1"), "OK");
  store.type("kill gateway");
  store.restart("gateway");
  EXPECT_EQ(Client(store).ask("APPEND x 2"), "OK");
  EXPECT_EQ(Client(store).ask("GET x"), "12");
}

/// What comes until the connection ends.
std::string answer_to(const Store& store, const std::string& bytes) {
  asio::io_context io;
  asio::ip::tcp::socket socket(io);
  socket.connect({asio::ip::address_v4::loopback(), store.resp()});
  asio::write(socket, asio::buffer(bytes));
  std::string answer;
  asio::error_code end;
  asio::read(socket, asio::dynamic_buffer(answer), end);
  return answer;
}

TEST(Store, RubbishIsAnsweredOnceAndDisturbsNobody) {
  Store store;
  Client client(store);
  EXPECT_EQ(client.ask("SET x 1"), "OK");
  EXPECT_EQ(answer_to(store, "GET / HTTP/1.1\r\n\r\n"),
            "-ERR what came is no request, or too long; good bye\r\n");
  EXPECT_TRUE(answer_to(store, "*1\r\n$4\r\nPING\r\n*9999\r\n").starts_with("+PONG\r\n-ERR "));
  EXPECT_EQ(client.ask("GET x"), "1");
}

}  // namespace
}  // namespace octet::cluster
