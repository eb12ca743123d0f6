#include "tools/chaos/pipe.h"

#include <algorithm>
#include <asio/buffer.hpp>
#include <asio/write.hpp>

#include "tools/chaos/connection.h"

namespace octet::chaos {

using asio::ip::tcp;

namespace {

/// A clock that leaps, or a timer that comes late, must not slow a paced direction down: what it
/// missed it may catch up with, up to this much.
constexpr Clock::duration most_catching_up = std::chrono::seconds(1);

}  // namespace

Pipe::Pipe(Connection& connection, Direction direction, tcp::socket& from, tcp::socket& to)
    : connection_(connection),
      direction_(direction),
      from_(from),
      to_(to),
      timer_(from.get_executor()) {}

void Pipe::start() {
  has_started_ = true;
  read();
}

void Pipe::hold_until(Clock::time_point when) {
  hold_until_ = when;
  release();
}

void Pipe::swallow() {
  swallowing_ = true;
  held_.clear();
  arrivals_.clear();
  timer_.cancel();
  if (end_seen_) has_ended_ = true;
  read();
}

void Pipe::release() {
  if (writing_ || swallowing_ || connection_.is_closed() || arrivals_.empty()) return;
  const Clock::time_point now = Clock::now();
  const Clock::time_point when = ready_at();
  if (when > now) {
    timer_.expires_at(when);
    timer_.async_wait([this, keep = connection_.shared_from_this()](std::error_code error) {
      if (!error) release();
    });
  } else if (arrivals_.front().size == 0) {
    pass_on_end();
  } else if (const std::size_t size = connection_.reserve(direction_, piece_size(now)); size > 0) {
    piece_left_ = std::max(when, now - most_catching_up);
    write(size);
  }
}

void Pipe::read() {
  const bool is_full = held_.size() >= limit;
  if (!has_started_ || reading_ || end_seen_ || is_full || connection_.is_closed()) return;
  reading_ = true;
  const std::size_t room = std::min(incoming_.size(), limit - held_.size());
  from_.async_read_some(
      asio::buffer(incoming_.data(), room),
      [this, keep = connection_.shared_from_this()](std::error_code error, std::size_t size) {
        reading_ = false;
        if (connection_.is_closed()) return;
        if (error == asio::error::eof) return on_end();
        if (error) return connection_.broken(direction_, error);
        on_read(size);
      });
}

void Pipe::on_read(std::size_t size) {
  if (swallowing_) {
    connection_.vanished(direction_, size);
  } else {
    held_.append(incoming_.data(), size);
    arrive(size);
  }
  read();
}

void Pipe::on_end() {
  end_seen_ = true;
  if (!swallowing_) return arrive(0);
  has_ended_ = true;
  connection_.end_if_done();
}

void Pipe::arrive(std::size_t size) {
  last_arrival_ = Clock::now();
  // Jitter must not make later bytes overtake earlier ones.
  last_due_ = std::max(last_due_, last_arrival_ + connection_.next_delay(direction_));
  arrivals_.push_back({size, last_due_});
  release();
}

Clock::time_point Pipe::ready_at() const {
  Clock::time_point when = std::max({arrivals_.front().due, hold_until_, next_piece_});
  const auto& coalesce = connection_.faults().coalesce;
  const bool is_enough = !coalesce || end_seen_ || held_.size() >= std::min(coalesce->bytes, limit);
  if (!is_enough) when = std::max(when, last_arrival_ + coalesce->quiet);
  return when;
}

std::size_t Pipe::piece_size(Clock::time_point now) const {
  std::size_t size = 0;
  for (const Arrival& arrival : arrivals_) {
    if (arrival.due > now) break;
    size += arrival.size;
  }
  const Faults& faults = connection_.faults();
  if (faults.chunk > 0) size = std::min(size, faults.chunk);
  // Limited bandwidth passes in steps of a twentieth of a second, like a slow line's packets.
  if (faults.bandwidth > 0) {
    size = std::min(size, std::max<std::size_t>(1, faults.bandwidth / 20));
  }
  return size;
}

void Pipe::write(std::size_t size) {
  writing_ = true;
  outgoing_ = held_.substr(0, size);
  held_.erase(0, size);
  for (std::size_t left = size; left > 0;) {
    const std::size_t taken = std::min(left, arrivals_.front().size);
    arrivals_.front().size -= taken;
    left -= taken;
    if (arrivals_.front().size == 0) arrivals_.pop_front();
  }
  asio::async_write(
      to_, asio::buffer(outgoing_),
      [this, keep = connection_.shared_from_this()](std::error_code error, std::size_t written) {
        writing_ = false;
        if (connection_.is_closed()) return;
        if (error) return connection_.broken(direction_, error);
        on_written(written);
      });
}

void Pipe::on_written(std::size_t size) {
  const Faults& faults = connection_.faults();
  if (faults.bandwidth > 0) {
    const auto nanoseconds = std::uint64_t{1'000'000'000} * size / faults.bandwidth;
    next_piece_ = piece_left_ + Clock::duration(nanoseconds);
  }
  if (faults.chunk > 0) next_piece_ = std::max(next_piece_, piece_left_ + faults.gap);
  connection_.passed(direction_, size);
  read();
}

void Pipe::pass_on_end() {
  arrivals_.clear();
  has_ended_ = true;
  std::error_code ignored;  // a peer that is gone needs no notice
  to_.shutdown(tcp::socket::shutdown_send, ignored);
  connection_.end_if_done();
}

}  // namespace octet::chaos
