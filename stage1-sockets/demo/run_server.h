#pragma once

#include <fmt/core.h>

#include <asio/error.hpp>
#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>
#include <asio/signal_set.hpp>
#include <csignal>
#include <cstdint>
#include <exception>
#include <system_error>

namespace octet::sockets::demo {

/// Runs a server on a port of this machine until Ctrl-C. Returns the exit status of the program.
template <class S, class Config>
int run_server(std::uint16_t port, Config config) try {
  asio::io_context io(1);
  S server(io, {asio::ip::address_v4::loopback(), port}, config);
  fmt::print("listening on 127.0.0.1:{}; Ctrl-C stops\n", server.port());
  std::fflush(stdout);

  asio::signal_set interrupt(io, SIGINT, SIGTERM);
  interrupt.async_wait([&](asio::error_code, int) { server.stop(); });
  io.run();
  return 0;
} catch (const std::system_error& error) {
  if (error.code() == asio::error::address_in_use) {
    fmt::print(stderr, "port {} is in use; choose another with --port\n", port);
  } else {
    fmt::print(stderr, "{}\n", error.what());
  }
  return 1;
} catch (const std::exception& error) {
  fmt::print(stderr, "{}\n", error.what());
  return 1;
}

}  // namespace octet::sockets::demo
