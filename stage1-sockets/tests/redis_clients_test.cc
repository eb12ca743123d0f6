// The reference's key-value server, used as people use Redis: with redis-cli and redis-benchmark.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <array>
#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>
#include <asio/post.hpp>
#include <cstdio>
#include <string>
#include <thread>

#include "kv_server.h"

namespace octet::sockets {
namespace {

/// A server of its own for each test, on a port that the system picks.
class RunningServer {
 public:
  RunningServer() : thread_([this] { io_.run(); }) {}
  ~RunningServer() {
    asio::post(io_, [this] { server_.stop(); });
    thread_.join();
  }
  std::uint16_t port() const { return server_.port(); }

 private:
  asio::io_context io_;
  KvServer server_{io_, {asio::ip::address_v4::loopback(), 0}, {}};
  std::thread thread_;
};

struct Outcome {
  int status = 0;
  std::string output;  // of both streams
};

/// Runs a line of shell to its end.
Outcome run(const std::string& line) {
  std::FILE* pipe = popen(fmt::format("{{ {}; }} 2>&1", line).c_str(), "r");
  if (!pipe) return {-1, "popen failed"};
  Outcome outcome;
  std::array<char, 4096> bytes;
  while (const std::size_t count = std::fread(bytes.data(), 1, bytes.size(), pipe)) {
    outcome.output.append(bytes.data(), count);
  }
  outcome.status = WEXITSTATUS(pclose(pipe));
  return outcome;
}

std::string redis_cli(const RunningServer& server, const std::string& command) {
  const Outcome outcome =
      run(fmt::format("timeout 60 redis-cli --no-raw -p {} {}", server.port(), command));
  EXPECT_EQ(outcome.status, 0) << "redis-cli " << command << " failed:\n" << outcome.output;
  return outcome.output;
}

TEST(RedisCli, PrintsEveryKindOfReply) {
  const RunningServer server;
  EXPECT_EQ(redis_cli(server, "PING"), "PONG\n");
  EXPECT_EQ(redis_cli(server, "SET greeting 'hello world' EX 100"), "OK\n");
  EXPECT_EQ(redis_cli(server, "GET greeting"), "\"hello world\"\n");
  EXPECT_EQ(redis_cli(server, "GET nothing"), "(nil)\n");
  EXPECT_EQ(redis_cli(server, "INCRBY count -7"), "(integer) -7\n");
  EXPECT_EQ(redis_cli(server, "MGET count nothing"), "1) \"-7\"\n2) (nil)\n");
  EXPECT_EQ(redis_cli(server, "INCR greeting"),
            "(error) ERR value is not an integer or out of range\n");
  EXPECT_EQ(redis_cli(server, "FLUSHALL"), "OK\n");
  EXPECT_EQ(redis_cli(server, "DBSIZE"), "(integer) 0\n");
}

TEST(RedisCli, KeepsItsConnectionAfterAnError) {
  const RunningServer server;
  const Outcome outcome = run(fmt::format(
      "printf 'NOSUCH\\nGET\\nECHO on\\n' | timeout 60 redis-cli -p {}", server.port()));
  EXPECT_EQ(outcome.output,
            "ERR unknown command 'NOSUCH'\n\n"
            "ERR wrong number of arguments for 'GET' command\n\n"
            "on\n");
}

TEST(RedisCli, LoadsManyKeysThroughItsPipe) {
  const RunningServer server;
  const Outcome outcome = run(
      fmt::format("seq 20000 | awk '{{printf \"*3\\r\\n$3\\r\\nSET\\r\\n$%d\\r\\n%s\\r\\n$1\\r\\nv"
                  "\\r\\n\", length($1), $1}}' | timeout 60 redis-cli -p {} --pipe",
                  server.port()));
  EXPECT_NE(outcome.output.find("errors: 0, replies: 20000"), std::string::npos) << outcome.output;
  EXPECT_EQ(redis_cli(server, "DBSIZE"), "(integer) 20000\n");
}

TEST(RedisBenchmark, GetsAReplyToEveryCommand) {
  const RunningServer server;
  for (const int pipeline : {1, 16}) {
    const Outcome outcome =
        run(fmt::format("timeout 60 redis-benchmark -p {} --csv -n 2000 -c 20 -P {} -d 64 -r 100"
                        " -t ping_inline,ping_mbulk,set,get,incr,mset",
                        server.port(), pipeline));
    EXPECT_EQ(outcome.status, 0);
    for (const char* test : {"PING_INLINE", "PING_MBULK", "SET", "GET", "INCR", "MSET"}) {
      EXPECT_NE(outcome.output.find(fmt::format("\"{}", test)), std::string::npos)
          << "no result for " << test << " with " << pipeline << " at a time:\n"
          << outcome.output;
    }
    EXPECT_EQ(outcome.output.find("Error"), std::string::npos) << outcome.output;
  }
}

}  // namespace
}  // namespace octet::sockets
