#pragma once

#include <asio/awaitable.hpp>
#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "stage3-partitioning/demo/store/map_file.h"
#include "stage3-partitioning/demo/store/node_line.h"
#include "stage3-partitioning/demo/store/report.h"

namespace octet::store {

struct OperatorOptions {
  std::map<NodeId, asio::ip::tcp::endpoint> controls;  // of all nodes, also those that may join
  std::vector<NodeId> founders;                        // who have the slots of the first map
  std::filesystem::path data;
  bool on_terminal = false;  // there are colours, and a page can be drawn anew
  /// The map that comes next, for these members.
  std::function<SlotMap(const SlotMap& now, const std::vector<NodeId>& members)> plan;
  std::function<void(const std::string&)> print;
};

/// Makes the maps of a store, one at a time, and hands them to the nodes: to all that are up, and
/// to each that comes up later. Tells how the store is, as far as the nodes tell.
class Operator {
 public:
  Operator(asio::io_context& io, OperatorOptions options);

  /// Does what a line says. What is wrong with it is printed.
  void obey(std::string_view line);

  static constexpr std::string_view help =
      "join N     leave N       status        watch (until you press Enter)";

 private:
  enum class Change { join, leave };

  // operator.cc
  void change(Change how, NodeId node);
  void hand_out(NodeId node);
  bool says_what_is_wrong(Change how, NodeId node);

  // operator_views.cc
  asio::awaitable<void> follow(std::string what);
  asio::awaitable<void> tell_status();
  asio::awaitable<void> watch(std::uint64_t which);
  asio::awaitable<States> look();
  asio::awaitable<void> wait(Duration time);

  const Maps& maps() const { return file_.maps(); }

  asio::io_context& io_;
  OperatorOptions options_;
  MapFile file_;
  std::map<NodeId, std::unique_ptr<NodeLine>> lines_;
  std::uint64_t watches_ = 0;  // the last one goes on while it is_watching_
  bool is_watching_ = false;
};

}  // namespace octet::store
