#pragma once

#include <asio/awaitable.hpp>
#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>
#include <asio/posix/stream_descriptor.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/process/child_process.h"

namespace octet::cluster {

/// One node of a cluster: a process, and the connection to its control port. Ends its process when
/// it is destroyed; the kernel ends it when we die ourselves.
class Member {
 public:
  /// What it says, a line at a time.
  using Tell = std::function<void(const std::string&)>;

  Member(asio::io_context& io, std::vector<std::string> command, std::uint16_t control, Tell tell);
  ~Member() { kill(); }
  Member(const Member&) = delete;
  Member& operator=(const Member&) = delete;

  /// False when it runs already.
  bool start();

  /// kill -9. False when it does not run.
  bool kill();

  /// SIGSTOP and SIGCONT.
  bool pause();
  bool resume();

  /// Says a line at its control port; the answer comes through `tell`. False when nobody listens.
  bool say(const std::string& line);

  bool is_up() const { return process_.has_value(); }

  /// Its last life has ended, not by us, and not well.
  bool has_failed() const { return has_failed_; }

  /// "down" or "not ready", for when it does not listen.
  std::string_view state() const { return is_up() ? "not ready" : "down"; }

 private:
  asio::awaitable<void> read_output(std::shared_ptr<asio::posix::stream_descriptor> output);
  asio::awaitable<void> read_control(std::shared_ptr<asio::ip::tcp::socket> control);
  bool signal(int number);
  Ending reap();

  asio::io_context& io_;
  std::vector<std::string> command_;
  asio::ip::tcp::endpoint control_at_;
  Tell tell_;
  std::optional<ChildProcess> process_;
  bool has_failed_ = false;
  std::shared_ptr<asio::posix::stream_descriptor> output_;
  std::shared_ptr<asio::ip::tcp::socket> control_;
};

}  // namespace octet::cluster
