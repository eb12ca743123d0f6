// Sends requests to a server and tells how each ended, and what the client does about failures.
// An echo server will do: it sends the number of a request back with its body.
//     ./lab run 1 echo_server --reference
//     ./lab run 1 client --reference -- --every 500
#include "client.h"

#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <asio/post.hpp>
#include <chrono>
#include <exception>
#include <iostream>
#include <memory>
#include <string>
#include <thread>

#include "runtime/clock.h"

namespace {

using octet::Clock;
using octet::Timer;
using octet::sockets::Client;
using octet::sockets::ClientConfig;
using octet::sockets::Reply;
using std::chrono::milliseconds;

struct Options {
  std::string host = "127.0.0.1";
  std::uint16_t port = 7000;
  int timeout_ms = 1000;
  int every_ms = 0;  // 0: lines that are typed
  int count = 0;     // 0: without end
};

void tell(const std::string& event) {
  static const Clock::time_point start = Clock::now();
  const std::chrono::duration<double> time = Clock::now() - start;
  fmt::print("{:8.3f} s  {}\n", time.count(), event);
  std::fflush(stdout);
}

std::string text(const Reply& reply) {
  switch (reply.status) {
    case Reply::Status::ok:
      return "ok: " + reply.body;
    case Reply::Status::timed_out:
      return "timed out: the server may or may not have done it";
    case Reply::Status::lost:
      return "lost: the server may or may not have done it";
  }
  return "?";
}

/// Sends requests until there are no more, and closes the client after the last has ended.
class Asker {
 public:
  Asker(asio::io_context& io, const Options& options)
      : options_(options),
        client_(io, {asio::ip::make_address(options.host), options.port}, config()),
        next_(io) {}

  void ask(std::string body) {
    const int number = ++asked_;
    const Clock::time_point start = Clock::now();
    tell(fmt::format("request {}: {}", number, body));
    client_.request(std::move(body), milliseconds(options_.timeout_ms), [=, this](Reply reply) {
      const auto took = (Clock::now() - start) / milliseconds(1);
      tell(fmt::format("request {} after {} ms {}", number, took, text(reply)));
      ++ended_;
      close_if_done();
    });
  }

  /// One request now, and one more after each interval.
  void ask_steadily() {
    ask(fmt::format("hello {}", asked_ + 1));
    if (asked_ == options_.count) return no_more();
    next_.expires_after(milliseconds(options_.every_ms));
    next_.async_wait([this](asio::error_code) { ask_steadily(); });
  }

  void no_more() {
    no_more_ = true;
    close_if_done();
  }

 private:
  static ClientConfig config() {
    ClientConfig config;
    config.seed = static_cast<std::uint64_t>(Clock::now().time_since_epoch().count());
    config.tell = [](const std::string& event) { tell("        client: " + event); };
    return config;
  }

  void close_if_done() {
    if (no_more_ && ended_ == asked_) client_.close();
  }

  Options options_;
  Client client_;
  Timer next_;
  int asked_ = 0;
  int ended_ = 0;
  bool no_more_ = false;
};

void run(const Options& options) {
  asio::io_context io(1);
  Asker asker(io, options);
  std::thread keyboard;
  if (options.every_ms > 0) {
    asker.ask_steadily();
  } else {
    keyboard = std::thread([&io, &asker, until_typed = asio::make_work_guard(io)] {
      for (std::string line; std::getline(std::cin, line);) {
        asio::post(io, [&asker, line] { asker.ask(line); });
      }
      asio::post(io, [&asker] { asker.no_more(); });
    });
  }
  io.run();
  if (keyboard.joinable()) keyboard.join();
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("Sends the lines that you type, or a steady stream, and tells how each ended.");
  Options options;
  app.add_option("--host", options.host, "of the server, as a number")->capture_default_str();
  app.add_option("--port", options.port, "of the server")->capture_default_str();
  app.add_option("--timeout", options.timeout_ms, "ms until a request is given up")
      ->check(CLI::Range(1, 3'600'000))
      ->capture_default_str();
  app.add_option("--every", options.every_ms, "ms between requests; without it, type lines")
      ->check(CLI::Range(1, 3'600'000));
  app.add_option("--count", options.count, "requests in all")->check(CLI::Range(1, 1'000'000));
  CLI11_PARSE(app, argc, argv);
  try {
    run(options);
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 1;
  }
}
