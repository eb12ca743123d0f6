#include "stage3-partitioning/demo/store/operator.h"

#include <fmt/format.h>

#include <algorithm>
#include <asio/co_spawn.hpp>
#include <charconv>
#include <sstream>
#include <utility>

#include "runtime/tcp/spawn.h"
#include "stage3-partitioning/demo/store/maps.h"

namespace octet::store {
namespace {

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

}  // namespace octet::store
