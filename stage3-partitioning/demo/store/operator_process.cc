#include "stage3-partitioning/demo/store/operator_process.h"

#include <CLI/CLI.hpp>
#include <asio/buffer.hpp>
#include <asio/co_spawn.hpp>
#include <asio/read_until.hpp>
#include <asio/redirect_error.hpp>
#include <asio/signal_set.hpp>
#include <asio/use_awaitable.hpp>
#include <cstdio>
#include <exception>

#include "runtime/tcp/places.h"
#include "runtime/tcp/spawn.h"

namespace octet::store {
namespace {

using asio::ip::tcp;

struct Arguments {
  std::uint16_t control = 0;
  std::string data;
  std::vector<std::string> nodes;
  std::vector<std::string> clients;
  bool on_terminal = false;
};

void print(const std::string& text) {
  std::fputs(text.c_str(), stdout);
  if (!text.ends_with('\n')) std::fputs("\n", stdout);
  std::fflush(stdout);
}

OperatorOptions options_of(const Arguments& arguments, decltype(OperatorOptions::plan) plan) {
  OperatorOptions options{.controls = octet::tcp::places_of(arguments.nodes),
                          .founders = {},
                          .data = arguments.data,
                          .on_terminal = arguments.on_terminal,
                          .plan = std::move(plan),
                          .print = print};
  for (const auto& [id, at] : options.controls) options.founders.push_back(id);
  for (const auto& [id, at] : octet::tcp::places_of(arguments.clients)) options.controls[id] = at;
  return options;
}

/// One person at a time.
asio::awaitable<void> listen(tcp::acceptor& acceptor, Operator& told) {
  while (true) {
    tcp::socket socket = co_await acceptor.async_accept(asio::use_awaitable);
    std::string buffer;
    asio::error_code error;
    while (true) {
      const std::size_t length =
          co_await asio::async_read_until(socket, asio::dynamic_buffer(buffer), '\n',
                                          asio::redirect_error(asio::use_awaitable, error));
      if (error) break;
      told.obey(std::string_view(buffer).substr(0, length - 1));
      buffer.erase(0, length);
    }
  }
}

void run(const Arguments& arguments, decltype(OperatorOptions::plan) plan) {
  asio::io_context io(1);
  asio::signal_set stop(io, SIGINT, SIGTERM);
  stop.async_wait([&](asio::error_code, int) { io.stop(); });
  Operator told(io, options_of(arguments, std::move(plan)));
  tcp::acceptor acceptor(io, {asio::ip::address_v4::loopback(), arguments.control});
  asio::co_spawn(io, listen(acceptor, told), octet::tcp::rethrow);
  print(std::string(Operator::help));
  print("the operator is ready");
  io.run();
}

}  // namespace

int run_operator(int argc, char** argv, decltype(OperatorOptions::plan) plan) {
  CLI::App app("Makes the maps of a store, and tells how it is.");
  Arguments arguments;
  app.add_option("--control", arguments.control, "The port where it is told what to do")
      ->required();
  app.add_option("--data", arguments.data, "The folder of its maps")->required();
  app.add_option("--nodes", arguments.nodes, "The first members, and their control ports: 1=8001")
      ->required();
  app.add_option("--clients", arguments.clients, "Nodes that may join, likewise");
  app.add_flag("--terminal", arguments.on_terminal, "Use colours, and draw pages anew");
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& help) {
    return app.exit(help);
  } catch (const CLI::ParseError& error) {
    std::fprintf(stderr, "operator: %s (--help says more)\n", error.what());
    return 2;
  }
  try {
    run(arguments, std::move(plan));
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "operator: %s\n", error.what());
    return 1;
  }
}

}  // namespace octet::store
