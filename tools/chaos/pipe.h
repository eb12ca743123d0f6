#pragma once

#include <array>
#include <asio/ip/tcp.hpp>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>

#include "runtime/clock.h"
#include "tools/chaos/faults.h"

namespace octet::chaos {

class Connection;

/// One direction of a connection: reads from one socket and writes to the other what the faults let
/// through, when they let it through. Holds at most `limit` bytes; a fuller pipe stops reading, so
/// that a slow reader slows its sender, as it would without us.
class Pipe {
 public:
  static constexpr std::size_t limit = 64 << 10;

  Pipe(Connection& connection, Direction direction, asio::ip::tcp::socket& from,
       asio::ip::tcp::socket& to);

  void start();

  /// Lets nothing through before this time.
  void hold_until(Clock::time_point when);

  /// From now on bytes, and the end of the stream, vanish.
  void swallow();

  /// Writes whatever may be written now, or waits for the time when it may.
  void release();

  /// True once the end of the stream was passed on or swallowed.
  bool has_ended() const { return has_ended_; }

  void cancel() { timer_.cancel(); }

 private:
  /// Bytes that came together, and when they have travelled long enough. Size 0: the stream's end.
  struct Arrival {
    std::size_t size = 0;
    Clock::time_point due;
  };

  void read();
  void on_read(std::size_t size);
  void on_end();
  void arrive(std::size_t size);
  Clock::time_point ready_at() const;
  std::size_t piece_size(Clock::time_point now) const;
  void write(std::size_t size);
  void on_written(std::size_t size);
  void pass_on_end();

  Connection& connection_;
  Direction direction_;
  asio::ip::tcp::socket& from_;
  asio::ip::tcp::socket& to_;
  Timer timer_;

  std::array<char, 16 << 10> incoming_;
  std::string held_;
  std::deque<Arrival> arrivals_;
  std::string outgoing_;

  Clock::time_point last_arrival_;
  Clock::time_point last_due_;
  Clock::time_point hold_until_;
  Clock::time_point piece_left_;
  Clock::time_point next_piece_;
  bool has_started_ = false;
  bool reading_ = false;
  bool writing_ = false;
  bool swallowing_ = false;
  bool end_seen_ = false;
  bool has_ended_ = false;
};

}  // namespace octet::chaos
