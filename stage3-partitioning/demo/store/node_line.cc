#include "stage3-partitioning/demo/store/node_line.h"

#include <asio/buffer.hpp>
#include <asio/co_spawn.hpp>
#include <asio/read_until.hpp>
#include <asio/redirect_error.hpp>
#include <asio/steady_timer.hpp>
#include <asio/use_awaitable.hpp>
#include <asio/write.hpp>
#include <chrono>
#include <utility>

#include "runtime/tcp/spawn.h"

namespace octet::store {
namespace {

constexpr auto pause_between_tries = std::chrono::milliseconds(100);

}  // namespace

NodeLine::NodeLine(asio::io_context& io, const asio::ip::tcp::endpoint& at,
                   std::function<void()> on_up)
    : io_(io), at_(at), on_up_(std::move(on_up)) {
  asio::co_spawn(
      io_, [this] { return stay_connected(); }, tcp::rethrow);
}

void NodeLine::ask(const std::string& line, Answer answer) {
  if (!is_up()) return;
  answers_.push_back(std::move(answer));
  asio::error_code gone;  // whoever reads notices it, too
  asio::write(*socket_, asio::buffer(line + "\n"), gone);
}

asio::awaitable<void> NodeLine::stay_connected() {
  while (true) {
    auto socket = std::make_unique<asio::ip::tcp::socket>(io_);
    asio::error_code error;
    co_await socket->async_connect(at_, asio::redirect_error(asio::use_awaitable, error));
    if (!error) {
      socket_ = std::move(socket);
      on_up_();
      co_await read(*socket_);
      socket_.reset();
      answers_.clear();
    }
    asio::steady_timer pause(io_, pause_between_tries);
    co_await pause.async_wait(asio::use_awaitable);
  }
}

/// Until the node is gone. Outputs come in between the answers.
asio::awaitable<void> NodeLine::read(asio::ip::tcp::socket& socket) {
  std::string buffer;
  asio::error_code error;
  while (true) {
    const std::size_t length =
        co_await asio::async_read_until(socket, asio::dynamic_buffer(buffer), '\n',
                                        asio::redirect_error(asio::use_awaitable, error));
    if (error) co_return;
    const std::string line = buffer.substr(0, length - 1);
    buffer.erase(0, length);
    if (line.starts_with("output ") || answers_.empty()) continue;
    const Answer answer = std::move(answers_.front());
    answers_.pop_front();
    answer(line);
  }
}

}  // namespace octet::store
