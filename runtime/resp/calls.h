#pragma once

#include <asio/awaitable.hpp>
#include <asio/io_context.hpp>
#include <asio/redirect_error.hpp>
#include <asio/steady_timer.hpp>
#include <asio/use_awaitable.hpp>
#include <cstdint>
#include <map>
#include <optional>
#include <variant>

#include "runtime/erase/bytes.h"
#include "runtime/tcp/runner.h"

namespace octet::resp {

/// What a program asks the node in its process, and waits for: an input with a number, which ends
/// with an output with the same one. Each alternative of `Output` has a `number`.
template <class Output>
class Calls {
 public:
  /// Takes the outputs of the runner.
  Calls(asio::io_context& io, tcp::Runner& runner, Duration longest)
      : io_(io), runner_(runner), longest_(longest) {
    runner_.on_output = [this](const Bytes& bytes) {
      Output output;
      decode(bytes, output);
      hear(output);
    };
  }
  Calls(const Calls&) = delete;
  Calls& operator=(const Calls&) = delete;

  /// `input_of` gives the input with the number that it gets. Nothing when the call has not ended
  /// after the longest time.
  template <class InputOf>
  asio::awaitable<std::optional<Output>> call(InputOf input_of) {
    co_await runner_.room();
    const std::uint64_t number = ++last_;
    Open& open = open_.try_emplace(number, asio::steady_timer(io_, longest_)).first->second;
    runner_.input(encode(input_of(number)));
    if (!open.how) {
      asio::error_code is_over;  // when it was cancelled
      co_await open.ended.async_wait(asio::redirect_error(asio::use_awaitable, is_over));
    }
    const std::optional<Output> how = open.how;
    open_.erase(number);
    co_return how;
  }

 private:
  struct Open {
    asio::steady_timer ended;  // or too long under way
    std::optional<Output> how = {};
  };

  /// A node that says twice how a call has ended is not believed the second time.
  void hear(const Output& output) {
    const std::uint64_t number = std::visit([](const auto& end) { return end.number; }, output);
    const auto open = open_.find(number);
    if (open == open_.end() || open->second.how) return;
    open->second.how = output;
    open->second.ended.cancel();
  }

  asio::io_context& io_;
  tcp::Runner& runner_;
  Duration longest_;
  std::uint64_t last_ = 0;
  std::map<std::uint64_t, Open> open_;  // by number
};

}  // namespace octet::resp
