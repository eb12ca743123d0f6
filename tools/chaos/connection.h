#pragma once

#include <asio/ip/tcp.hpp>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <system_error>
#include <vector>

#include "tools/chaos/event.h"
#include "tools/chaos/faults.h"
#include "tools/chaos/pipe.h"
#include "tools/chaos/plan.h"

namespace octet::chaos {

/// A client's connection to the proxy together with the proxy's own connection to the server.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  using Endpoint = asio::ip::tcp::endpoint;

  struct Setup {
    Endpoint server;
    Faults faults;
    Plan plan;
    OnEvent on_event;              // the proxy adds the time and the connection's number
    std::function<void()> on_end;  // called once, when both sockets are closed
  };

  Connection(asio::ip::tcp::socket client, Setup setup);

  void start();

  /// Ends both sides with a reset; without a word when the proxy itself stops.
  void abort();

  std::uint64_t bytes(Direction direction) const { return passed_[index(direction)]; }

  // For the pipes.
  bool is_closed() const { return is_closed_; }
  const Faults& faults() const { return setup_.faults; }
  Clock::duration next_delay(Direction direction) { return setup_.plan.next_delay(direction); }

  /// How many of `wanted` bytes may pass before a fault that counts bytes is due; they count as on
  /// their way. Pipes are released again when the fault has happened.
  std::size_t reserve(Direction direction, std::size_t wanted);

  void passed(Direction direction, std::size_t size);
  void vanished(Direction direction, std::size_t size);
  void broken(Direction direction, std::error_code error);
  void end_if_done();

 private:
  /// A fault that is still to come.
  struct Due {
    Moment moment;
    std::function<void()> happen;
  };

  static std::size_t index(Direction direction) { return direction == Direction::up ? 0 : 1; }

  void connect();
  void give_up(std::error_code error);
  void plan_faults();
  void wait_for_faults();
  void let_happen();
  bool is_due(const Moment& moment) const;
  static std::uint64_t counted(const Moment& moment, const std::uint64_t (&bytes)[2]);

  void cut();
  void reset(const std::string& why);
  void blackhole();
  void silence(Direction direction);
  void stall();

  void event(std::string what, std::uint64_t bytes = 0);
  void close();

  Setup setup_;
  asio::ip::tcp::socket client_;
  asio::ip::tcp::socket server_;
  Pipe up_;
  Pipe down_;
  Timer timer_;
  Clock::time_point accepted_;
  std::vector<Due> due_;
  std::uint64_t reserved_[2] = {};
  std::uint64_t passed_[2] = {};
  bool is_swallowed_ = false;
  bool is_closed_ = false;
};

}  // namespace octet::chaos
