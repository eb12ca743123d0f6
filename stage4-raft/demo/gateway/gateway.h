#pragma once

#include <asio/awaitable.hpp>
#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>
#include <string>

#include "runtime/resp/calls.h"
#include "runtime/resp/server.h"
#include "stage4-raft/api/kv.h"

namespace octet::kv {

/// A port where Redis clients find our store. Behind it is a client node of the store, which looks
/// for the leader and asks again when there is no answer; so no Redis client has to know of
/// leaders, and a call costs one hop more.
class Gateway {
 public:
  /// The node of the runner is a client of the store. A call that has not ended after so long ends
  /// here, as unknown.
  Gateway(asio::io_context& io, const asio::ip::tcp::endpoint& listen, tcp::Runner& runner,
          Duration longest_call);

 private:
  asio::awaitable<std::string> answer_to(const resp::Request& request);

  resp::Calls<ClientOutput> calls_;
  resp::Server server_;
};

}  // namespace octet::kv
