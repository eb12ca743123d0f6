#pragma once

#include <sys/types.h>

#include <asio/io_context.hpp>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "runtime/clock.h"

namespace octet::grading {

/// A server inside its process: what the process must keep, where it listens, how to stop it.
struct HostedServer {
  std::shared_ptr<void> server;
  std::uint16_t port = 0;
  std::function<void()> stop;
};

using StartServer = std::function<HostedServer(asio::io_context&)>;

/// A solution's server in a process of its own, forked from the test. A crash, a leak or an exit in
/// it cannot touch the test, which sees it as a stranger would: through sockets and /proc.
///
/// Its Clock stands still at one hour until advance() moves it.
class ServerProcess {
 public:
  struct Options {
    std::string name = "the server";
    std::size_t memory_limit = 1 << 30;  // bytes of address space beyond what it starts with
    std::optional<std::size_t> max_descriptors;
  };

  /// Returns when the server listens. Fails the test if it does not come to that, saying why.
  explicit ServerProcess(StartServer start) : ServerProcess(std::move(start), Options{}) {}
  ServerProcess(StartServer start, Options options);
  ~ServerProcess();  // kills the process if it still runs
  ServerProcess(const ServerProcess&) = delete;
  ServerProcess& operator=(const ServerProcess&) = delete;

  const std::string& name() const { return name_; }
  std::uint16_t port() const { return port_; }
  pid_t pid() const { return pid_; }

  /// Moves the server's clock; timers that are due fire.
  void advance(Clock::duration by);

  /// Calls the server's stop() and fails the test unless the event loop then runs out of work, the
  /// server is destroyed and the process ends with status 0.
  void stop();

  /// How the process ended ("killed by SIGSEGV ..."), or nothing while it runs.
  std::optional<std::string> ended();

  /// Bytes that only this process uses, and their highest value so far (excluding what it shares
  /// with the test).
  std::size_t memory() const;

  /// True when waiting longer is pointless: for a moment no thread of the process has run, every
  /// thread sleeps, no timer is due soon, and no byte is on its way from or to it. A server that
  /// is merely slow, or starved by other programs, is never idle in this sense (see idle.h).
  bool is_idle() const;

 private:
  std::string name_;
  std::uint16_t port_ = 0;
  pid_t pid_ = -1;
  struct Shared;
  std::shared_ptr<Shared> shared_;
};

}  // namespace octet::grading
