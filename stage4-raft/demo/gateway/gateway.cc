#include "stage4-raft/demo/gateway/gateway.h"

#include <array>
#include <asio/buffer.hpp>
#include <asio/co_spawn.hpp>
#include <asio/redirect_error.hpp>
#include <asio/use_awaitable.hpp>
#include <asio/write.hpp>
#include <string_view>
#include <utility>
#include <variant>

#include "runtime/erase/bytes.h"
#include "runtime/tcp/spawn.h"
#include "stage4-raft/demo/gateway/commands.h"

namespace octet::kv::resp {
namespace {

/// False when the other end is gone.
asio::awaitable<bool> write(asio::ip::tcp::socket& socket, std::string_view text) {
  asio::error_code error;
  co_await asio::async_write(socket, asio::buffer(text),
                             asio::redirect_error(asio::use_awaitable, error));
  co_return !error;
}

}  // namespace

Gateway::Gateway(asio::io_context& io, const asio::ip::tcp::endpoint& listen, tcp::Runner& runner,
                 Duration longest_call)
    : io_(io), acceptor_(io, listen), runner_(runner), longest_call_(longest_call) {
  runner_.on_output = [this](const Bytes& bytes) {
    ClientOutput output;
    decode(bytes, output);
    hear(output);
  };
  asio::co_spawn(
      io_, [this] { return accept(); }, tcp::rethrow);
}

asio::awaitable<void> Gateway::accept() {
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
asio::awaitable<void> Gateway::serve(asio::ip::tcp::socket socket) {
  asio::error_code error;
  socket.set_option(asio::ip::tcp::no_delay(true), error);
  RequestReader requests;
  std::array<char, 16U << 10> piece;
  bool goes_on = connections_ <= most_connections;
  if (!goes_on) co_await write(socket, error_answer("ERR too many connections"));
  while (goes_on) {
    const std::size_t size = co_await socket.async_read_some(
        asio::buffer(piece), asio::redirect_error(asio::use_awaitable, error));
    if (error) break;
    requests.feed({piece.data(), size});
    goes_on = co_await answer_all(requests, socket);
  }
  --connections_;
}

/// All requests that have come. False when that was the end of the connection.
asio::awaitable<bool> Gateway::answer_all(RequestReader& requests, asio::ip::tcp::socket& socket) {
  while (const auto request = requests.next()) {
    if (!co_await write(socket, co_await answer_to(*request))) co_return false;
  }
  if (!requests.is_broken()) co_return true;
  co_await write(socket, error_answer("ERR what came is no request, or too long; good bye"));
  co_return false;
}

asio::awaitable<std::string> Gateway::answer_to(const Request& request) {
  if (request.empty()) co_return "";  // as Redis has it
  const Wanted what = wanted(request);
  if (const auto* ready = std::get_if<std::string>(&what)) co_return *ready;
  co_return answer(co_await call(std::get<Operation>(what)));
}

asio::awaitable<ClientOutput> Gateway::call(const Operation& operation) {
  co_await runner_.room();
  const std::uint64_t number = ++last_call_;
  OpenCall& open = calls_.try_emplace(number, asio::steady_timer(io_, longest_call_)).first->second;
  runner_.input(encode(ClientInput(Call{number, operation})));
  if (!open.how) {
    asio::error_code is_over;  // when it was cancelled
    co_await open.ended.async_wait(asio::redirect_error(asio::use_awaitable, is_over));
  }
  const ClientOutput how = open.how.value_or(Unknown{number});
  calls_.erase(number);
  co_return how;
}

/// A node that says twice how a call has ended is not believed the second time.
void Gateway::hear(const ClientOutput& output) {
  const std::uint64_t number = std::visit([](const auto& end) { return end.number; }, output);
  const auto open = calls_.find(number);
  if (open == calls_.end() || open->second.how) return;
  open->second.how = output;
  open->second.ended.cancel();
}

}  // namespace octet::kv::resp
