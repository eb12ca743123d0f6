#include <fmt/format.h>

#include <algorithm>
#include <asio/redirect_error.hpp>
#include <asio/steady_timer.hpp>
#include <asio/use_awaitable.hpp>
#include <chrono>

#include "stage3-partitioning/demo/store/maps.h"
#include "stage3-partitioning/demo/store/operator.h"

/// What an operator sees of the nodes, and tells.
namespace octet::store {
namespace {

using namespace std::chrono_literals;

constexpr Duration longest_look = 1s;  // who has not shown its view by then is silent

}  // namespace

/// Tells when all slots of the latest map are where they belong, unless a later one comes.
asio::awaitable<void> Operator::follow(std::string what) {
  const Epoch epoch = maps().now.epoch;
  for (int looks = 1; maps().now.epoch == epoch; ++looks) {
    const Report report = report_of(maps(), co_await look());
    const bool all_answer = std::ranges::all_of(report.nodes, [](const auto& node) {
      return node.second.owns == 0 || node.second.state.view.has_value();
    });
    if (maps().now.epoch != epoch) co_return;
    if (all_answer && report.on_the_way == 0) {
      options_.print(fmt::format("{}: {} slots with {} keys have moved", what, report.moved,
                                 report.moved_keys));
      co_return;
    }
    if (looks == 50) options_.print(what + ": not all slots have come yet; see status");
    co_await wait(200ms);
  }
}

asio::awaitable<void> Operator::tell_status() {
  const Report report = report_of(maps(), co_await look());
  options_.print(text_of(report, maps(), options_.on_terminal));
}

asio::awaitable<void> Operator::watch(std::uint64_t which) {
  constexpr std::string_view clear = "\x1b[H\x1b[2J";
  while (is_watching_ && which == watches_) {
    const Report report = report_of(maps(), co_await look());
    if (!is_watching_) break;
    options_.print((options_.on_terminal ? std::string(clear) : "") +
                   text_of(report, maps(), options_.on_terminal) + "  Enter ends this\n");
    co_await wait(1s);
  }
}

/// Asks all nodes for their views at the same time.
asio::awaitable<States> Operator::look() {
  struct Look {
    asio::steady_timer over;
    States states = {};
    std::size_t waiting = 0;
  };
  const auto look = std::make_shared<Look>(Look{asio::steady_timer(io_, longest_look)});
  for (const auto& [id, line] : lines_) {
    look->states[id].is_up = line->is_up();
    if (!line->is_up() || line->is_waiting()) continue;
    ++look->waiting;
    line->ask("view", [look, id = id](std::string_view json) {
      look->states[id].view = view_of(json);
      if (--look->waiting == 0) look->over.cancel();
    });
  }
  if (look->waiting > 0) {
    asio::error_code is_early;
    co_await look->over.async_wait(asio::redirect_error(asio::use_awaitable, is_early));
  }
  co_return look->states;
}

asio::awaitable<void> Operator::wait(Duration time) {
  asio::steady_timer timer(io_, std::chrono::duration_cast<asio::steady_timer::duration>(time));
  co_await timer.async_wait(asio::use_awaitable);
}

}  // namespace octet::store
