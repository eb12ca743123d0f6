#include "chat_server.h"

#include <asio/post.hpp>
#include <asio/this_coro.hpp>
#include <asio/use_awaitable.hpp>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "connection.h"
#include "rooms.h"

namespace octet::sockets {
namespace {

/// Cuts lines out of a stream of bytes, wherever TCP cut it.
class LineDecoder {
 public:
  explicit LineDecoder(std::size_t max_line) : max_line_(max_line) {}

  void feed(std::string_view bytes) {
    buffer_.erase(0, std::exchange(taken_, 0));
    buffer_.append(bytes);
  }

  /// The next complete line, without its ending. Nothing after a line that is too long.
  std::optional<std::string> next() {
    const std::string_view rest = std::string_view(buffer_).substr(taken_);
    const std::size_t end = rest.find('\n');
    const bool is_complete = end != rest.npos;
    std::string_view line = rest.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    too_long_ = line.size() > max_line_;
    if (!is_complete || too_long_) return std::nullopt;
    taken_ += end + 1;
    return std::string(line);
  }

  bool too_long() const { return too_long_; }

 private:
  std::size_t max_line_;
  std::string buffer_;
  std::size_t taken_ = 0;  // bytes of buffer_ that were handed out
  bool too_long_ = false;
};

/// Connects the rooms to the connections. Every session shares it.
class Chat {
 public:
  explicit Chat(ChatConfig config) : config_(config), rooms_(config) {}

  asio::awaitable<void> serve(std::shared_ptr<Connection> connection) {
    const ConnectionId id = next_id_++;
    connections_.emplace(id, connection);
    co_await converse(id, *connection);
    connections_.erase(id);
    carry_out(rooms_.left(id).outgoing);
  }

 private:
  /// Until the peer ends it, or says QUIT, or has to go.
  asio::awaitable<void> converse(ConnectionId id, Connection& connection) {
    LineDecoder lines(config_.max_line);
    for (;;) {
      const std::string_view bytes = co_await connection.read();
      if (bytes.empty()) co_return;
      lines.feed(bytes);
      while (const auto line = lines.next()) {
        ChatEffects effects = rooms_.said(id, *line);
        carry_out(std::move(effects.outgoing));
        if (effects.close) co_return;
        // One line, then everybody else's turn. Writes go on between the lines, so a queue is
        // never full merely because its reader was given no time.
        co_await asio::post(co_await asio::this_coro::executor, asio::use_awaitable);
        if (!connections_.contains(id)) co_return;  // it was too slow
      }
      if (lines.too_long()) co_return carry_out({{"ERROR that line is too long\n", {id}}});
    }
  }

  void carry_out(std::vector<Outgoing> todo) {
    // Disconnecting a slow member gives more lines to send. They go to the end of the list: lines
    // reach everybody in the same order, and nobody is taken out of a list that is being read.
    for (std::size_t i = 0; i < todo.size(); ++i) {
      const Outgoing now = std::move(todo[i]);
      for (const ConnectionId id : now.to) {
        if (deliver(id, now.line)) continue;
        for (Outgoing& notice : rooms_.left(id).outgoing) todo.push_back(std::move(notice));
      }
    }
  }

  /// False when the line would have overflowed the queue: that connection is gone now.
  bool deliver(ConnectionId id, std::string_view line) {
    const auto found = connections_.find(id);
    if (found == connections_.end()) return true;  // gone since the line was addressed
    Connection& connection = *found->second;
    if (connection.queued_bytes() + line.size() <= config_.max_queued_bytes) {
      connection.send(line);
      return true;
    }
    connection.abort();
    connections_.erase(found);
    return false;
  }

  ChatConfig config_;
  Rooms rooms_;
  std::map<ConnectionId, std::shared_ptr<Connection>> connections_;  // those that still hear lines
  ConnectionId next_id_ = 1;
};

}  // namespace

ChatServer::ChatServer(asio::io_context& io, asio::ip::tcp::endpoint at, ChatConfig config)
    : listener_(io, at, [chat = std::make_shared<Chat>(config)](auto connection) {
        return chat->serve(std::move(connection));
      }) {}

std::uint16_t ChatServer::port() const {
  return listener_.port();
}

void ChatServer::stop() {
  listener_.stop();
}

}  // namespace octet::sockets
