#include "connection.h"

#include <array>
#include <asio/buffer.hpp>
#include <asio/post.hpp>
#include <asio/redirect_error.hpp>
#include <asio/use_awaitable.hpp>
#include <asio/write.hpp>
#include <utility>

namespace octet::sockets {
namespace {

using asio::ip::tcp;

/// How long a peer that has been told the end may keep talking.
constexpr Clock::duration patience_at_the_end = std::chrono::seconds(2);

/// What a read gives is used up before the next read of any connection, so one buffer serves them
/// all, and an idle connection has none.
std::array<char, 64 << 10>& read_buffer() {
  thread_local std::array<char, 64 << 10> buffer;
  return buffer;
}

}  // namespace

Connection::Connection(tcp::socket socket)
    : socket_(std::move(socket)), progress_(socket_.get_executor(), Clock::time_point::max()) {
  asio::error_code ignored;  // a socket that is broken already says so in read()
  socket_.non_blocking(true, ignored);
  socket_.set_option(tcp::no_delay(true), ignored);  // we collect what goes out together ourselves
}

asio::awaitable<std::string_view> Connection::read() {
  asio::error_code error;
  do {
    co_await socket_.async_wait(tcp::socket::wait_read,
                                asio::redirect_error(asio::use_awaitable, error));
    if (error) co_return std::string_view();  // aborted meanwhile
    auto& buffer = read_buffer();
    const std::size_t count = socket_.read_some(asio::buffer(buffer), error);
    if (!error) co_return std::string_view(buffer.data(), count);
  } while (error == asio::error::would_block);

  if (error != asio::error::eof) abort();
  co_return std::string_view();
}

void Connection::send(std::string_view bytes) {
  if (!socket_.is_open()) return;
  queued_.append(bytes);
  if (write_pending_) return;
  // Not now but after this turn: then everything that is sent in it leaves in one write.
  write_pending_ = true;
  asio::post(socket_.get_executor(), [self = shared_from_this()] { self->write(); });
}

std::size_t Connection::queued_bytes() const {
  return queued_.size() + in_flight_.size();
}

asio::awaitable<void> Connection::drain(std::size_t left) {
  asio::error_code cancelled;  // is how progress is told
  while (socket_.is_open() && queued_bytes() > left) {
    co_await progress_.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
  }
}

asio::awaitable<void> Connection::finish() {
  co_await drain();
  asio::error_code ignored;  // the peer may be gone
  socket_.shutdown(tcp::socket::shutdown_send, ignored);

  // Closing with bytes unread would send a reset, and a reset destroys what the peer has not read
  // yet: the error reply that explains the end, for example. So hear it out, within reason.
  Timer deadline(socket_.get_executor(), patience_at_the_end);
  deadline.async_wait([self = shared_from_this()](asio::error_code error) {
    if (!error) self->abort();
  });
  while (!(co_await read()).empty()) {
  }
  close();
}

void Connection::abort() {
  if (!socket_.is_open()) return;
  asio::error_code ignored;
  socket_.set_option(asio::socket_base::linger(true, 0), ignored);
  close();
}

void Connection::write() {
  in_flight_ = std::exchange(queued_, {});
  asio::async_write(
      socket_, asio::buffer(in_flight_),
      [self = shared_from_this()](asio::error_code error, std::size_t) { self->written(error); });
}

void Connection::written(asio::error_code error) {
  in_flight_.clear();
  in_flight_.shrink_to_fit();  // a connection that says nothing needs no memory for it
  if (error) return abort();
  progress_.cancel();
  write_pending_ = !queued_.empty();
  if (write_pending_) write();
}

void Connection::close() {
  asio::error_code ignored;
  socket_.close(ignored);
  queued_.clear();
  progress_.cancel();
}

}  // namespace octet::sockets
