#include "bench/stage1_redis.h"

#include <fmt/core.h>
#include <unistd.h>

#include <array>
#include <asio/connect.hpp>
#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>
#include <asio/read.hpp>
#include <asio/write.hpp>
#include <map>
#include <memory>
#include <stdexcept>
#include <utility>
#include <vector>

#include "bench/process.h"
#include "bench/samples.h"

namespace octet::bench {
namespace {

constexpr int server_cpu = 0;
constexpr int client_cpu = 1;
constexpr std::array pipelines = {1, 16};
constexpr std::array operations = {"SET", "GET"};

/// One server under measurement.
struct Subject {
  Subject(std::vector<std::string> command, std::uint16_t listens_at)
      : port(listens_at), process(quiet(std::move(command), server_cpu)) {
    wait_until_listening(process, port);
  }
  std::uint16_t port;
  ChildProcess process;
};

std::unique_ptr<Subject> start_redis() {
  const std::uint16_t port = free_port();
  return std::make_unique<Subject>(
      std::vector<std::string>{"redis-server", "--port", std::to_string(port), "--bind",
                               "127.0.0.1", "--save", "", "--appendonly", "no", "--maxclients",
                               "20000"},
      port);
}

std::unique_ptr<Subject> start_ours(const std::string& program) {
  const std::uint16_t port = free_port();
  return std::make_unique<Subject>(
      std::vector<std::string>{program, "--port", std::to_string(port)}, port);
}

/// Requests per second of one operation, from the second line of: "test","rps",...
double requests_per_second(const Subject& subject, const std::string& operation, int pipeline,
                           std::size_t requests) {
  const std::string csv =
      output_of({"redis-benchmark", "-h", "127.0.0.1", "-p", std::to_string(subject.port), "-t",
                 operation, "-c", "50", "-n", std::to_string(requests), "-P",
                 std::to_string(pipeline), "-d", "64", "-r", "100000", "--csv"},
                client_cpu);
  const std::string start = "\"" + operation + "\",\"";
  const std::size_t found = csv.find(start);
  if (found == std::string::npos)
    throw std::runtime_error("redis-benchmark printed no " + operation);
  return std::stod(csv.substr(found + start.size()));
}

using Case = std::pair<int, std::string>;  // pipeline, operation

struct Measured {
  std::vector<double> redis;
  std::vector<double> ours;
};

void print_throughput(const std::map<Case, Measured>& all) {
  fmt::print("\n{:<22} {:>14} {:>14}   {}\n", "50 clients, 64 bytes", "redis /s", "octet /s",
             "octet / redis, median (min to max)");
  for (const auto& [which, measured] : all) {
    const Summary times = ratio(measured.ours, measured.redis);
    fmt::print("{:<22} {:>14.0f} {:>14.0f}   {:.2f} ({:.2f} to {:.2f}) {}\n",
               fmt::format("{}, pipeline of {}", which.second, which.first),
               summarise(measured.redis).median, summarise(measured.ours).median, times.median,
               times.min, times.max, bar(times.median, 2.0, 20));
  }
}

void bench_throughput(const Stage1Options& options) {
  const auto redis = start_redis();
  const auto ours = start_ours(options.server);
  std::map<Case, Measured> all;
  for (int round = 1; round <= options.rounds; ++round) {
    for (const int pipeline : pipelines) {
      const std::size_t requests = pipeline == 1 ? options.requests : options.requests * 8;
      for (const std::string operation : operations) {
        Measured& measured = all[{pipeline, operation}];
        measured.redis.push_back(requests_per_second(*redis, operation, pipeline, requests));
        measured.ours.push_back(requests_per_second(*ours, operation, pipeline, requests));
        fmt::print(stderr, "round {} of {}: {}, pipeline of {}: {:.2f}\n", round, options.rounds,
                   operation, pipeline, measured.ours.back() / measured.redis.back());
      }
    }
  }
  print_throughput(all);
}

void expect_pong(asio::ip::tcp::socket& socket) {
  const std::string ping = "*1\r\n$4\r\nPING\r\n";
  std::array<char, 7> pong;
  asio::write(socket, asio::buffer(ping));
  asio::read(socket, asio::buffer(pong));
  if (std::string_view(pong.data(), pong.size()) != "+PONG\r\n") {
    throw std::runtime_error("the server does not answer PING while it holds idle connections");
  }
}

/// Bytes of resident memory for each of many connections that have said PING once.
double memory_per_connection(const Subject& subject, std::size_t connections) {
  asio::io_context io;
  const std::size_t before = resident_memory(subject.process);
  std::vector<asio::ip::tcp::socket> idle;
  for (std::size_t i = 0; i < connections; ++i) {
    idle.emplace_back(io).connect({asio::ip::address_v4::loopback(), subject.port});
    expect_pong(idle.back());
  }
  expect_pong(idle.front());
  return static_cast<double>(resident_memory(subject.process) - before) /
         static_cast<double>(connections);
}

void bench_memory(const Stage1Options& options) {
  const auto redis = start_redis();
  const auto ours = start_ours(options.server);
  fmt::print("\n{} idle connections, all answered once: bytes of process memory each\n",
             options.idle_connections);
  const double theirs = memory_per_connection(*redis, options.idle_connections);
  const double our_own = memory_per_connection(*ours, options.idle_connections);
  fmt::print("  redis {:.0f}   octet {:.0f}   octet / redis {:.2f}\n", theirs, our_own,
             our_own / theirs);
}

}  // namespace

void bench_stage1(const Stage1Options& options) {
  bench_throughput(options);
  bench_memory(options);
}

}  // namespace octet::bench
