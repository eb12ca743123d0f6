// NOLINT stub
#pragma GCC diagnostic ignored "-Wunused-parameter"
#include "kv_server.h"

#include "runtime/check.h"

namespace octet::sockets {

KvServer::KvServer(asio::io_context& io, asio::ip::tcp::endpoint at, KvConfig config) {
  YOUR_CODE_HERE;
}

std::uint16_t KvServer::port() const {
  YOUR_CODE_HERE;
}

void KvServer::stop() {
  YOUR_CODE_HERE;
}

}  // namespace octet::sockets
