#include "listener.h"

#include <asio/co_spawn.hpp>
#include <asio/redirect_error.hpp>
#include <asio/use_awaitable.hpp>
#include <exception>
#include <set>
#include <sstream>
#include <system_error>
#include <utility>

namespace octet::sockets {
namespace {

using asio::ip::tcp;

/// After a failed accept. Short enough that nobody minds, long enough not to spin.
constexpr Clock::duration pause_after_failure = std::chrono::milliseconds(20);

tcp::acceptor listen(asio::io_context& io, const tcp::endpoint& at) try {
  constexpr bool reuse_address = true;  // a server that restarts gets its port back at once
  return tcp::acceptor(io, at, reuse_address);
} catch (const std::system_error& error) {
  std::ostringstream attempt;
  attempt << "cannot listen on " << at;
  throw std::system_error(error.code(), attempt.str());
}

/// A session that throws is a bug; it must not look like a connection that ended.
void rethrow(const std::exception_ptr& error) {
  if (error) std::rethrow_exception(error);
}

}  // namespace

struct Listener::State {
  State(asio::io_context& io, const tcp::endpoint& at, Session each)
      : acceptor(listen(io, at)),
        port(acceptor.local_endpoint().port()),
        session(std::move(each)),
        pause(io) {}

  tcp::acceptor acceptor;
  std::uint16_t port;
  Session session;
  Timer pause;
  std::set<std::shared_ptr<Connection>> open;
};

Listener::Listener(asio::io_context& io, tcp::endpoint at, Session session)
    : state_(std::make_shared<State>(io, at, std::move(session))) {
  asio::co_spawn(io, accept(state_), rethrow);
}

Listener::~Listener() {
  stop();
}

std::uint16_t Listener::port() const {
  return state_->port;
}

void Listener::stop() {
  asio::error_code ignored;  // nothing to do about it
  state_->acceptor.close(ignored);
  state_->pause.cancel();
  for (const auto& connection : state_->open) connection->abort();
}

asio::awaitable<void> Listener::accept(std::shared_ptr<State> state) {
  for (;;) {
    asio::error_code error;
    tcp::socket socket =
        co_await state->acceptor.async_accept(asio::redirect_error(asio::use_awaitable, error));
    if (!state->acceptor.is_open()) co_return;  // stopped meanwhile
    if (error) {
      // Mostly there is no descriptor left, and the connection still waits: trying again at once
      // would spin. The end of a connection ends the pause, since it frees a descriptor.
      state->pause.expires_after(pause_after_failure);
      co_await state->pause.async_wait(asio::redirect_error(asio::use_awaitable, error));
      continue;
    }
    auto connection = std::make_shared<Connection>(std::move(socket));
    state->open.insert(connection);
    asio::co_spawn(state->acceptor.get_executor(), serve(state, std::move(connection)), rethrow);
  }
}

asio::awaitable<void> Listener::serve(std::shared_ptr<State> state,
                                      std::shared_ptr<Connection> connection) {
  co_await state->session(connection);
  co_await connection->finish();
  state->open.erase(connection);
  state->pause.cancel();
}

}  // namespace octet::sockets
