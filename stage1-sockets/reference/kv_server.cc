#include "kv_server.h"

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "commands.h"
#include "connection.h"
#include "keyspace.h"
#include "resp_codec.h"

namespace octet::sockets {
namespace {

asio::awaitable<void> serve(std::shared_ptr<Connection> connection, std::shared_ptr<Keyspace> keys,
                            RespLimits limits) {
  CommandDecoder decoder(limits);
  bool goes_on = true;
  while (goes_on) {
    const std::string_view bytes = co_await connection->read();
    if (bytes.empty()) break;
    decoder.feed(bytes);
    std::string replies;
    while (const auto command = goes_on ? decoder.next() : std::nullopt) {
      if (command->empty()) continue;
      append_resp(replies, execute(*keys, *command, Clock::now()));
      goes_on = !is_quit(*command);
      // A few bytes can ask for many: a client that does not read gets no more memory than this.
      if (replies.size() > Connection::enough_queued) {
        connection->send(std::exchange(replies, {}));
        co_await connection->drain(Connection::enough_queued);
      }
    }
    if (const auto error = decoder.error()) {
      append_resp(replies, RespValue::make_error("ERR " + *error));
      goes_on = false;
    }
    connection->send(replies);
    co_await connection->drain(Connection::enough_queued);
  }
}

}  // namespace

KvServer::KvServer(asio::io_context& io, asio::ip::tcp::endpoint at, KvConfig config)
    : listener_(io, at, [keys = std::make_shared<Keyspace>(), config](auto connection) {
        return serve(std::move(connection), keys, config.limits);
      }) {}

std::uint16_t KvServer::port() const {
  return listener_.port();
}

void KvServer::stop() {
  listener_.stop();
}

}  // namespace octet::sockets
