#pragma once

#include <sys/types.h>

#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>
#include <string>
#include <vector>

namespace octet {

/// Another program, which dies with this test at the latest.
class ChildProcess {
 public:
  /// Throws std::system_error when it cannot be started.
  explicit ChildProcess(const std::vector<std::string>& command);
  ~ChildProcess() { kill_hard(); }
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  /// The next line of its stdout or stderr; empty at their end. Waits for it.
  std::string read_line();

  /// kill -9, and waits for its end.
  void kill_hard();

  /// Its exit code, when it ends by itself.
  int wait();

 private:
  pid_t pid_ = -1;
  int output_ = -1;
};

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
