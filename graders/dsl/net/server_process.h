#pragma once

#include <sys/types.h>

#include <asio/io_context.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "graders/dsl/net/patience.h"
#include "runtime/clock.h"

namespace octet::grading {

/// A server inside its process: what the process must keep, where it listens, how to stop it.
struct HostedServer {
  std::shared_ptr<void> server;
  std::uint16_t port = 0;
  std::function<void()> stop;
};

using StartServer = std::function<HostedServer(asio::io_context&)>;

struct HostedState;  // what both processes see (hosted.h)

/// A solution's server in a process of its own, forked from the test. A crash, a leak or an exit in
/// it cannot touch the test, which sees it as a stranger would: through sockets and /proc.
///
/// Its Clock stands at one hour until advance() moves it. Make it before the test starts threads.
class ServerProcess {
 public:
  struct Options {
    std::string name = "the server";
    std::size_t memory_limit = 1 << 30;  // bytes of address space beyond what it starts with
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

  /// Moves the server's clock; returns when timers that were due have been handled.
  void advance(Clock::duration by);

  /// Calls the server's stop() and fails the test unless the event loop then runs out of work, the
  /// server is destroyed and the process ends with status 0.
  void stop();

  /// How the process ended ("it was killed by SIGSEGV ..."), or nothing while it runs.
  std::optional<std::string> ended();

  /// Returns when the server has dealt with everything that was sent to it. Fails the test if it
  /// ends or keeps the processor busy instead.
  void settle();

  /// Fails unless the server now leaves the processor alone.
  void expect_at_rest();

  /// Stops the process in its tracks, and lets it go on: what is sent in between meets it at once.
  void pause();
  void resume();

  /// The most descriptors it can open beyond those it has now; nothing: as many as it likes.
  void limit_descriptors(std::optional<std::size_t> more);
  std::size_t open_descriptors() const;

  /// Amounts of memory. All are 0 under a sanitizer: it keeps what is freed, to notice its use.

  /// Bytes that it has asked for and not given back, whatever its allocator keeps of those.
  std::size_t memory();
  /// The most that it ever had in use; compare with an earlier value.
  std::size_t peak_memory() const;
  /// The largest amount that it ever asked for at once, used or not.
  std::size_t largest_allocation();

  /// Ends the test as failed: `what` happened, and what the server was doing then.
  [[noreturn]] void give_up(Patience::Over why, const std::string& what);

 private:
  void start(const StartServer& start);
  void command(char request);
  void look_at_clock();
  bool answered(char request);

  std::string name_;
  std::size_t memory_limit_;
  std::uint16_t port_ = 0;
  pid_t pid_ = -1;
  int control_ = -1;
  std::shared_ptr<HostedState> state_;
  std::optional<int> status_;  // of waitpid, once it has ended
};

}  // namespace octet::grading
