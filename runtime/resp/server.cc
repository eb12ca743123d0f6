#include "runtime/resp/server.h"

#include <array>
#include <asio/buffer.hpp>
#include <asio/co_spawn.hpp>
#include <asio/redirect_error.hpp>
#include <asio/steady_timer.hpp>
#include <asio/use_awaitable.hpp>
#include <asio/write.hpp>
#include <chrono>
#include <string_view>
#include <utility>

#include "runtime/resp/answers.h"
#include "runtime/tcp/spawn.h"

namespace octet::resp {
namespace {

/// False when the other end is gone.
asio::awaitable<bool> write(asio::ip::tcp::socket& socket, std::string_view text) {
  asio::error_code error;
  co_await asio::async_write(socket, asio::buffer(text),
                             asio::redirect_error(asio::use_awaitable, error));
  co_return !error;
}

/// All requests that have come. False when that was the end of the connection.
asio::awaitable<bool> answer_all(const Server::Session& session, RequestReader& requests,
                                 asio::ip::tcp::socket& socket) {
  while (const auto request = requests.next()) {
    if (request->empty()) continue;  // no answer, as Redis has it
    if (!co_await write(socket, co_await session(*request))) co_return false;
  }
  if (!requests.is_broken()) co_return true;
  co_await write(socket, error("ERR what came is no request, or too long; good bye"));
  co_return false;
}

}  // namespace

Server::Server(asio::io_context& io, const asio::ip::tcp::endpoint& listen,
               std::function<Session()> connect)
    : io_(io), acceptor_(io, listen), connect_(std::move(connect)) {
  asio::co_spawn(
      io_, [this] { return accept(); }, tcp::rethrow);
}

asio::awaitable<void> Server::accept() {
  while (true) {
    asio::error_code error;
    auto socket = co_await acceptor_.async_accept(asio::redirect_error(asio::use_awaitable, error));
    if (!error) {
      ++connections_;
      asio::co_spawn(io_, serve(std::move(socket)), tcp::rethrow);
      continue;
    }
    asio::steady_timer pause(io_, std::chrono::milliseconds(100));  // no descriptor is left
    co_await pause.async_wait(asio::use_awaitable);
  }
}

/// Until the connection ends. Nothing is read while a request has no answer, so who sends many has
/// to wait and not we to keep them.
asio::awaitable<void> Server::serve(asio::ip::tcp::socket socket) {
  asio::error_code error;
  socket.set_option(asio::ip::tcp::no_delay(true), error);
  const Session session = connect_();
  RequestReader requests;
  std::array<char, 16U << 10> piece;
  bool goes_on = connections_ <= most_connections;
  if (!goes_on) co_await write(socket, resp::error("ERR too many connections"));
  while (goes_on) {
    const std::size_t size = co_await socket.async_read_some(
        asio::buffer(piece), asio::redirect_error(asio::use_awaitable, error));
    if (error) break;
    requests.feed({piece.data(), size});
    goes_on = co_await answer_all(session, requests, socket);
  }
  --connections_;
}

}  // namespace octet::resp
