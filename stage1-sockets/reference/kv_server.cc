#include "kv_server.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "commands.h"
#include "connection.h"
#include "keyspace.h"
#include "resp_codec.h"

namespace octet::sockets {
namespace {

using Command = std::vector<std::string>;

/// A command is an array of bulk strings. Nothing else is one, but an empty one may stand between.
std::optional<Command> to_command(RespValue value) {
  Command command;
  if (value.kind == RespValue::Kind::null_array) return command;
  if (value.kind != RespValue::Kind::array) return std::nullopt;
  command.reserve(value.items.size());
  for (RespValue& item : value.items) {
    if (item.kind != RespValue::Kind::bulk) return std::nullopt;
    command.push_back(std::move(item.text));
  }
  return command;
}

/// Appends the reply to one value from a client. False: it was the last one.
bool answer(RespValue value, Keyspace& keys, Clock::time_point now, std::string& replies) {
  const auto command = to_command(std::move(value));
  if (!command) {
    append_resp(replies,
                RespValue::make_error("ERR Protocol error: expected an array of bulk strings"));
    return false;
  }
  if (command->empty()) return true;
  append_resp(replies, execute(keys, *command, now));
  return !is_quit(*command);
}

asio::awaitable<void> serve(std::shared_ptr<Connection> connection, std::shared_ptr<Keyspace> keys,
                            RespLimits limits) {
  RespDecoder decoder(limits, RespDecoder::Inline::accepted);
  bool goes_on = true;
  while (goes_on) {
    const std::string_view bytes = co_await connection->read();
    if (bytes.empty()) break;
    decoder.feed(bytes);
    std::string replies;
    std::optional<RespValue> value;
    while (goes_on && (value = decoder.next())) {
      goes_on = answer(std::move(*value), *keys, Clock::now(), replies);
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
