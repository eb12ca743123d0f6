#pragma once

#include <asio/awaitable.hpp>
#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace octet::store {

/// A connection to the control port of a node, made again whenever it is lost. It lives as long as
/// the io_context runs.
class NodeLine {
 public:
  using Answer = std::function<void(std::string_view)>;

  /// `on_up` is called each time when there is a connection.
  NodeLine(asio::io_context& io, const asio::ip::tcp::endpoint& at, std::function<void()> on_up);
  NodeLine(const NodeLine&) = delete;
  NodeLine& operator=(const NodeLine&) = delete;

  bool is_up() const { return socket_ != nullptr; }

  /// Has not answered all that it was asked.
  bool is_waiting() const { return !answers_.empty(); }

  /// Nothing is asked when the node is down, and there is no answer when it goes down.
  void ask(
      const std::string& line, Answer answer = [](std::string_view) {});

 private:
  asio::awaitable<void> stay_connected();
  asio::awaitable<void> read(asio::ip::tcp::socket& socket);

  asio::io_context& io_;
  asio::ip::tcp::endpoint at_;
  std::function<void()> on_up_;
  std::unique_ptr<asio::ip::tcp::socket> socket_;
  std::deque<Answer> answers_;  // that are waited for
};

}  // namespace octet::store
