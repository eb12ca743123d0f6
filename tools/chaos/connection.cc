#include "tools/chaos/connection.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <asio/buffer.hpp>
#include <utility>

namespace octet::chaos {

using asio::ip::tcp;

namespace {

/// The next close of this socket sends a reset and forgets what was not sent.
void make_close_a_reset(tcp::socket& socket) {
  std::error_code ignored;  // a socket that is gone needs no reset
  socket.set_option(asio::socket_base::linger(true, 0), ignored);
}

/// Says the end in the ordinary way. Unread bytes would turn a close into a reset, so they go
/// first.
void close_politely(tcp::socket& socket) {
  std::error_code error;
  socket.shutdown(tcp::socket::shutdown_send, error);
  socket.non_blocking(true, error);
  std::array<char, 4096> unread;
  std::size_t most = 64;  // reads: a peer that never stops sending gets its reset
  while (most-- > 0 && socket.read_some(asio::buffer(unread), error) > 0) {
  }
  socket.close(error);
}

}  // namespace

Connection::Connection(tcp::socket client, Setup setup)
    : setup_(std::move(setup)),
      client_(std::move(client)),
      server_(client_.get_executor()),
      up_(*this, Direction::up, client_, server_),
      down_(*this, Direction::down, server_, client_),
      timer_(client_.get_executor()),
      accepted_(Clock::now()) {}

void Connection::start() {
  event("accepted");
  if (setup_.plan.is_refused()) return reset("refused: reset");
  std::error_code ignored;  // pieces still arrive without it, only less promptly
  client_.set_option(tcp::no_delay(true), ignored);
  plan_faults();
  let_happen();
  if (is_closed_) return;
  if (is_swallowed_) return up_.start();  // the server never hears of this client
  connect();
}

void Connection::connect() {
  server_.async_connect(setup_.server, [this, keep = shared_from_this()](std::error_code error) {
    if (is_closed_) return;
    if (error) return give_up(error);
    std::error_code ignored;
    server_.set_option(tcp::no_delay(true), ignored);
    up_.start();
    down_.start();
  });
}

void Connection::give_up(std::error_code error) {
  setup_.on_event({.what = fmt::format("cannot reach the server ({}): reset", error.message()),
                   .is_error = true});
  abort();
}

void Connection::abort() {
  if (is_closed_) return;
  make_close_a_reset(client_);
  make_close_a_reset(server_);
  close();
}

std::size_t Connection::reserve(Direction direction, std::size_t wanted) {
  std::uint64_t allowed = wanted;
  for (const Due& due : due_) {
    const Moment& moment = due.moment;
    if (!moment.bytes || moment.counted.value_or(direction) != direction) continue;
    allowed = std::min(allowed, *moment.bytes - counted(moment, reserved_));
  }
  reserved_[index(direction)] += allowed;
  return allowed;
}

void Connection::passed(Direction direction, std::size_t size) {
  passed_[index(direction)] += size;
  event(std::string(arrow(direction)), size);
  let_happen();
  up_.release();
  down_.release();
}

void Connection::vanished(Direction direction, std::size_t size) {
  event(fmt::format("{}: vanished", arrow(direction)), size);
}

void Connection::broken(Direction direction, std::error_code error) {
  reset(fmt::format("{}: {}: reset both ends", arrow(direction), error.message()));
}

void Connection::end_if_done() {
  if (is_closed_ || !up_.has_ended() || !(down_.has_ended() || !server_.is_open())) return;
  event("ended");
  close();
}

void Connection::plan_faults() {
  const Faults& faults = setup_.faults;
  const auto plan = [&](const std::optional<Moment>& moment, std::function<void()> happen) {
    if (moment) due_.push_back({*moment, std::move(happen)});
  };
  plan(faults.cut, [this] { cut(); });
  plan(faults.reset, [this] { reset("reset both ends"); });
  plan(faults.blackhole, [this] { blackhole(); });
  if (faults.half_open)
    plan(faults.half_open->from, [this] { silence(setup_.faults.half_open->silent); });
  if (faults.stall) plan(faults.stall->from, [this] { stall(); });
  if (const auto byte = setup_.plan.lost_at_byte()) {
    plan(Moment{.bytes = byte}, [this] { reset("lost: reset both ends"); });
  }
}

void Connection::wait_for_faults() {
  std::optional<Clock::duration> next;
  for (const Due& due : due_) {
    if (due.moment.after) next = std::min(next.value_or(*due.moment.after), *due.moment.after);
  }
  if (!next || is_closed_) return;
  timer_.expires_at(accepted_ + *next);
  timer_.async_wait([this, keep = shared_from_this()](std::error_code error) {
    if (!error && !is_closed_) let_happen();
  });
}

void Connection::let_happen() {
  for (std::size_t i = 0; i < due_.size() && !is_closed_;) {
    if (!is_due(due_[i].moment)) {
      ++i;
      continue;
    }
    const auto happen = std::move(due_[i].happen);
    due_.erase(due_.begin() + static_cast<std::ptrdiff_t>(i));
    happen();
  }
  wait_for_faults();
}

bool Connection::is_due(const Moment& moment) const {
  const bool in_time = moment.after && Clock::now() >= accepted_ + *moment.after;
  return in_time || (moment.bytes && counted(moment, passed_) >= *moment.bytes);
}

std::uint64_t Connection::counted(const Moment& moment, const std::uint64_t (&bytes)[2]) {
  return moment.counted ? bytes[index(*moment.counted)] : bytes[0] + bytes[1];
}

void Connection::cut() {
  event("cut: closed both ends");
  if (server_.is_open()) close_politely(server_);
  close_politely(client_);
  close();
}

void Connection::reset(const std::string& why) {
  if (is_closed_) return;
  event(why);
  abort();
}

void Connection::blackhole() {
  event("blackhole: from here on all bytes vanish");
  is_swallowed_ = true;
  up_.swallow();
  if (server_.is_open()) down_.swallow();
  end_if_done();
}

void Connection::silence(Direction direction) {
  event(fmt::format("half-open: from here on bytes {} vanish", arrow(direction)));
  (direction == Direction::up ? up_ : down_).swallow();
  end_if_done();
}

void Connection::stall() {
  event(fmt::format("stalls for {:g} s",
                    std::chrono::duration<double>(setup_.faults.stall->lasts).count()));
  const Clock::time_point until = Clock::now() + setup_.faults.stall->lasts;
  up_.hold_until(until);
  down_.hold_until(until);
}

void Connection::event(std::string what, std::uint64_t bytes) {
  setup_.on_event({.what = std::move(what), .bytes = bytes});
}

void Connection::close() {
  is_closed_ = true;
  std::error_code ignored;  // closing twice is fine
  client_.close(ignored);
  server_.close(ignored);
  timer_.cancel();
  up_.cancel();
  down_.cancel();
  setup_.on_end();
}

}  // namespace octet::chaos
