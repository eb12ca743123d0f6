#pragma once

#include <asio/awaitable.hpp>
#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>
#include <string>

#include "runtime/resp/calls.h"
#include "runtime/resp/server.h"
#include "stage3-partitioning/demo/store/commands.h"

namespace octet::store {

/// A port of a node where Redis clients find the store: the node coordinates what they ask.
class Gateway {
 public:
  /// A request that has not ended after so long ends here, as unknown.
  Gateway(asio::io_context& io, const asio::ip::tcp::endpoint& listen, tcp::Runner& runner,
          Duration longest_call);

 private:
  /// A connection.
  struct Talk {
    Level level = Level::eventual;
    std::string session = {};
  };

  asio::awaitable<std::string> answer_to(const resp::Request& request, Talk& talk);
  asio::awaitable<std::string> act(const Read& read, Talk& talk);
  asio::awaitable<std::string> act(const Overwrite& overwrite, Talk& talk);
  asio::awaitable<std::string> act(const Replace& replace, Talk& talk);
  asio::awaitable<std::string> act(const UseLevel& use, Talk& talk);
  asio::awaitable<std::string> act(const TellLevel&, Talk& talk);

  asio::awaitable<Output> read(const std::string& key, Talk& talk);
  asio::awaitable<std::string> write(const Overwrite& what, const std::string& context, Talk& talk);

  resp::Calls<Output> calls_;
  resp::Server server_;
};

}  // namespace octet::store
