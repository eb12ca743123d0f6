#include "runtime/tcp/link.h"

#include <algorithm>
#include <asio/buffer.hpp>
#include <asio/co_spawn.hpp>
#include <asio/redirect_error.hpp>
#include <asio/use_awaitable.hpp>
#include <asio/write.hpp>
#include <utility>

#include "runtime/tcp/frames.h"
#include "runtime/tcp/spawn.h"

namespace octet::tcp {
namespace {

using std::chrono::milliseconds;
constexpr milliseconds first_pause{10};
constexpr milliseconds longest_pause{1000};

}  // namespace

Link::Link(asio::io_context& io, asio::ip::tcp::endpoint to, Bytes hello)
    : to_(std::move(to)),
      hello_(std::move(hello)),
      socket_(io),
      pause_(io),
      more_to_send_(io, asio::steady_timer::time_point::max()) {}

void Link::start() {
  asio::co_spawn(
      socket_.get_executor(), [self = shared_from_this()] { return self->stay_connected(); },
      rethrow);
}

void Link::close() {
  is_closed_ = true;
  disconnect();
  pause_.cancel();
}

void Link::send(const Bytes& message) {
  if (!is_connected_ || is_cut_ || !has_room(message)) return;
  append_frame(queue_, message);
  more_to_send_.cancel();
}

bool Link::has_room(const Bytes& message) const {
  if (message.size() > longest_frame) return false;
  return queue_.empty() || queue_.size() + message.size() <= longest_queue;
}

void Link::cut(bool is_cut) {
  is_cut_ = is_cut;
  if (is_cut) disconnect();
}

asio::awaitable<void> Link::stay_connected() {
  const auto self = shared_from_this();
  milliseconds pause = first_pause;
  while (!is_closed_) {
    asio::error_code error;
    if (!is_cut_) {
      co_await socket_.async_connect(to_, asio::redirect_error(asio::use_awaitable, error));
      if (!error && !is_closed_) {
        pause = first_pause;
        co_await write_queue();
      }
      disconnect();
    }
    if (is_closed_) co_return;
    pause_.expires_after(pause);
    co_await pause_.async_wait(asio::redirect_error(asio::use_awaitable, error));
    pause = std::min(2 * pause, longest_pause);
  }
}

/// All that has come together goes in one write. Nobody answers on this connection, so its end is
/// noticed by a write that fails.
asio::awaitable<void> Link::write_queue() {
  asio::error_code error;
  socket_.set_option(asio::ip::tcp::no_delay(true), error);
  queue_.clear();
  append_frame(queue_, hello_);
  is_connected_ = true;
  while (!error && is_connected_) {
    if (queue_.empty()) {
      asio::error_code cancelled;  // is how it is woken
      co_await more_to_send_.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
      continue;
    }
    const std::string frames = std::exchange(queue_, {});
    co_await asio::async_write(socket_, asio::buffer(frames),
                               asio::redirect_error(asio::use_awaitable, error));
  }
}

void Link::disconnect() {
  is_connected_ = false;
  queue_.clear();
  asio::error_code ignored;  // it was not open
  socket_.close(ignored);
  more_to_send_.cancel();
}

}  // namespace octet::tcp
