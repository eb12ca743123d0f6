#pragma once

#include <asio/ip/tcp.hpp>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "graders/dsl/net/server_process.h"
#include "runtime/erase/any_node.h"

namespace octet::grading {

/// What a node needs to live in a process of its own.
struct NodePlan {
  NodeId id;
  std::string protocol;  // peers of another one are refused
  std::function<std::unique_ptr<AnyNode>()> make;
  std::map<NodeId, asio::ip::tcp::endpoint> nodes;  // all, this one too
  std::filesystem::path data;                       // its records
};

/// What the test says to a node: the application's input, or with whom it cannot talk from now on.
struct Take {
  Bytes input;
};
struct CutOff {
  std::vector<NodeId> from;  // and from nobody else any more
};
using AtTheDoor = std::variant<Take, CutOff>;

/// The node in its process, for ServerProcess. The port of that is a door for the test: AtTheDoor
/// goes in and outputs come out, each as a frame. The first that connects is served.
StartServer start_node(NodePlan plan);

}  // namespace octet::grading
