#pragma once

#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>
#include <string>

namespace octet {

/// A person at a node's control port.
class ControlClient {
 public:
  explicit ControlClient(const asio::ip::tcp::endpoint& at);

  /// The next line of any kind. Waits for it; empty when the node is gone.
  std::string read_line();

  /// Says a line, and returns the answer to it, past the outputs that come in between.
  std::string ask(const std::string& line);

 private:
  asio::io_context io_;
  asio::ip::tcp::socket socket_{io_};
  std::string buffer_;
};

}  // namespace octet
