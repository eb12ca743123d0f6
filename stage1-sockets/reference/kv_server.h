#pragma once

#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>
#include <cstdint>

#include "listener.h"
#include "stage1-sockets/api/resp.h"

namespace octet::sockets {

/// A key-value server for Redis clients: one keyspace, and the commands of commands.h. Replies come
/// in the order of the commands.
///
/// A command that is wrong gets an error reply, and the connection goes on. Bytes that are not RESP
/// get an error reply, and the connection ends. QUIT is answered before the connection ends.
class KvServer {
 public:
  KvServer(asio::io_context& io, asio::ip::tcp::endpoint at, KvConfig config);

  std::uint16_t port() const;

  /// Ends listening and all connections; the io_context then runs out of work.
  void stop();

 private:
  Listener listener_;
};

}  // namespace octet::sockets
