#pragma once

#include <asio/awaitable.hpp>
#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>
#include <asio/steady_timer.hpp>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "runtime/tcp/runner.h"
#include "stage4-raft/api/kv.h"
#include "stage4-raft/demo/gateway/request_reader.h"

namespace octet::kv::resp {

/// A port where Redis clients find our store. Behind it is a client node of the store, which looks
/// for the leader and asks again when there is no answer; so no Redis client has to know of
/// leaders, and a call costs one hop more.
///
/// Each connection has one call under way at a time, and its answers come in the order of its
/// requests. Who sends what is no request gets one error, and the connection ends.
class Gateway {
 public:
  static constexpr std::size_t most_connections = 500;

  /// Takes the outputs of the runner, whose node is a client of the store. A call that has not
  /// ended after so long ends here, as unknown.
  Gateway(asio::io_context& io, const asio::ip::tcp::endpoint& listen, tcp::Runner& runner,
          Duration longest_call);

 private:
  struct OpenCall {
    asio::steady_timer ended;  // or too long under way
    std::optional<ClientOutput> how = {};
  };

  asio::awaitable<void> accept();
  asio::awaitable<void> serve(asio::ip::tcp::socket socket);
  asio::awaitable<bool> answer_all(RequestReader& requests, asio::ip::tcp::socket& socket);
  asio::awaitable<std::string> answer_to(const Request& request);
  asio::awaitable<ClientOutput> call(const Operation& operation);
  void hear(const ClientOutput& output);

  asio::io_context& io_;
  asio::ip::tcp::acceptor acceptor_;
  tcp::Runner& runner_;
  Duration longest_call_;
  std::size_t connections_ = 0;
  std::uint64_t last_call_ = 0;
  std::map<std::uint64_t, OpenCall> calls_;  // by number
};

}  // namespace octet::kv::resp
