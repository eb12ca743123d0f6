#include "stage3-partitioning/demo/store/operator.h"

#include <fmt/format.h>

#include <algorithm>
#include <asio/co_spawn.hpp>
#include <asio/redirect_error.hpp>
#include <asio/steady_timer.hpp>
#include <asio/use_awaitable.hpp>
#include <charconv>
#include <chrono>
#include <sstream>
#include <utility>

#include "runtime/tcp/spawn.h"
#include "stage3-partitioning/demo/store/maps.h"

namespace octet::store {
namespace {

using namespace std::chrono_literals;

constexpr Duration longest_look = 1s;  // who has not shown its view by then is silent

std::vector<std::string> words_of(std::string_view line) {
  std::istringstream in{std::string(line)};
  std::vector<std::string> words;
  for (std::string word; in >> word;) words.push_back(word);
  return words;
}

std::optional<NodeId> node_of(const std::string& word) {
  std::uint32_t id = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), id);
  if (error != std::errc() || end != word.data() + word.size()) return std::nullopt;
  return id;
}

bool is_member(const SlotMap& map, NodeId node) {
  return std::ranges::find(map.owners, node) != map.owners.end();
}

/// Whoever wrote plan() may have forgotten something.
bool follows(const SlotMap& next, const SlotMap& now) {
  return next.epoch > now.epoch && next.copies == now.copies &&
         next.owners.size() == now.owners.size();
}

std::uint64_t number(Epoch epoch) {
  return static_cast<std::uint64_t>(epoch);
}

}  // namespace

Operator::Operator(asio::io_context& io, OperatorOptions options)
    : io_(io),
      options_(std::move(options)),
      file_(options_.data, slots::founding_map(options_.founders)) {
  for (const auto& [id, at] : options_.controls) {
    lines_[id] = std::make_unique<NodeLine>(io_, at, [this, id = id] { hand_out(id); });
  }
}

void Operator::obey(std::string_view line) {
  const std::vector<std::string> words = words_of(line);
  if (words.empty()) {
    is_watching_ = false;
  } else if (words[0] == "status" && words.size() == 1) {
    asio::co_spawn(
        io_, [this] { return tell_status(); }, tcp::rethrow);
  } else if (words[0] == "watch" && words.size() == 1) {
    is_watching_ = true;
    asio::co_spawn(io_, watch(++watches_), tcp::rethrow);
  } else if ((words[0] == "join" || words[0] == "leave") && words.size() == 2) {
    const auto node = node_of(words[1]);
    if (!node || !lines_.contains(*node)) {
      return options_.print(fmt::format("there is no node \"{}\"", words[1]));
    }
    change(words[0] == "join" ? Change::join : Change::leave, *node);
  } else {
    options_.print(std::string(help));
  }
}

void Operator::change(Change how, NodeId node) {
  if (says_what_is_wrong(how, node)) return;
  std::vector<NodeId> members = slots::members_of(maps().now);
  if (how == Change::join) members.push_back(node);
  if (how == Change::leave) std::erase(members, node);
  SlotMap next;
  try {
    next = options_.plan(maps().now, members);
  } catch (const std::exception& error) {
    return options_.print(error.what());
  }
  if (!follows(next, maps().now)) {
    return options_.print("plan() gives no map that could follow this one: its epoch or slots");
  }
  file_.add(next);
  for (const auto& [id, line] : lines_) hand_out(id);
  const std::string what = fmt::format("map {}, for which node {} {}", number(next.epoch),
                                       node.value, how == Change::join ? "joins" : "leaves");
  options_.print(what + ", goes to all nodes");
  asio::co_spawn(io_, follow(what), tcp::rethrow);
}

bool Operator::says_what_is_wrong(Change how, NodeId node) {
  const bool is_in = is_member(maps().now, node);
  const auto print = [&](std::string_view what) {
    options_.print(fmt::format("node {} {}", node.value, what));
    return true;
  };
  if (how == Change::join && is_in) return print("has slots already");
  if (how == Change::leave && !is_in) return print("has no slots");
  if (how == Change::leave && slots::members_of(maps().now).size() == 1) {
    return print("is the last one: who should have its slots?");
  }
  return false;
}

/// Nodes know the founding map.
void Operator::hand_out(NodeId node) {
  if (maps().now.epoch > slots::founding_map(options_.founders).epoch) {
    lines_.at(node)->ask("input " + slots::text_of(maps().now));
  }
}

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
