#pragma once

#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>
#include <cstddef>
#include <cstdint>
#include <memory>

#include "tools/chaos/event.h"
#include "tools/chaos/faults.h"

namespace octet::chaos {

struct ProxyOptions {
  asio::ip::tcp::endpoint listen;  // port 0: the system picks one
  asio::ip::tcp::endpoint server;
  Faults faults = {};
  std::uint64_t seed = 1;
  std::size_t max_connections = 1000;  // one more is reset at once
  OnEvent on_event = {};
};

/// What a proxy has done so far.
struct Totals {
  std::uint64_t connections = 0;
  std::uint64_t bytes_up = 0;
  std::uint64_t bytes_down = 0;
};

/// Listens, and passes every connection on to the server with the faults. It measures time with
/// Clock, so a test may hold the clock's hand.
class Proxy {
 public:
  /// Throws std::system_error when it cannot listen.
  Proxy(asio::io_context& io, ProxyOptions options);

  /// Stops it.
  ~Proxy();
  Proxy(const Proxy&) = delete;
  Proxy& operator=(const Proxy&) = delete;

  std::uint16_t port() const;
  Totals totals() const;

  /// Resets all connections and accepts no more.
  void stop();

 private:
  class Core;  // outlives the proxy while handlers that were cancelled still return
  std::shared_ptr<Core> core_;
};

}  // namespace octet::chaos
