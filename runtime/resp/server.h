#pragma once

#include <asio/awaitable.hpp>
#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>
#include <cstddef>
#include <functional>
#include <string>

#include "runtime/resp/request_reader.h"

namespace octet::resp {

/// A port where Redis clients find a store. Each connection has one request under way at a time,
/// and its answers come in the order of its requests. Who sends what is no request gets one error,
/// and the connection ends.
class Server {
 public:
  static constexpr std::size_t most_connections = 500;

  /// Answers a request of one connection, which has at least one word.
  using Session = std::function<asio::awaitable<std::string>(const Request&)>;

  /// `connect` makes a session for each connection.
  Server(asio::io_context& io, const asio::ip::tcp::endpoint& listen,
         std::function<Session()> connect);

 private:
  asio::awaitable<void> accept();
  asio::awaitable<void> serve(asio::ip::tcp::socket socket);

  asio::io_context& io_;
  asio::ip::tcp::acceptor acceptor_;
  std::function<Session()> connect_;
  std::size_t connections_ = 0;
};

}  // namespace octet::resp
