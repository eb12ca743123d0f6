#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "runtime/erase/any_node.h"
#include "runtime/tcp/control.h"

namespace CLI {
class App;
}

namespace octet::tcp {

/// What makes a protocol a program.
struct Program {
  std::string protocol;  // its name
  /// `all` are the nodes that --nodes names. Those that --clients names are not among them.
  std::function<std::unique_ptr<AnyNode>(NodeId id, const std::vector<NodeId>& all)> make;
  ParseInput parse_input;
  /// For a node that programs use which know nothing of nodes: opens the port that --serve names.
  /// May take the node's outputs. What it returns is kept.
  std::function<std::shared_ptr<void>(asio::io_context&, const asio::ip::tcp::endpoint& listen,
                                      Runner&)>
      serve = {};
  /// Adds options of this program to the command line.
  std::function<void(CLI::App&)> add_options = {};
};

/// The main() of a node's process:
///
///     primary_backup --id 1 --nodes 1=7001 2=7002 --control 8001 --data /tmp/node1
///
/// --clients 9=7009 names nodes that use the others: they have links and are no members. --check
/// only looks at the command line.
/// Runs until SIGINT or SIGTERM; all on the loopback address. Prints "node 1 is ready" when it
/// listens. Anything wrong is one line on stderr; the exit code is then 2 when the command line
/// makes no sense, else 1.
int run_process(int argc, char** argv, const Program& program);

}  // namespace octet::tcp
