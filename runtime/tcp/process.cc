#include "runtime/tcp/process.h"

#include <CLI/CLI.hpp>
#include <asio/error.hpp>
#include <asio/io_context.hpp>
#include <asio/signal_set.hpp>
#include <cstdio>
#include <exception>
#include <memory>
#include <set>
#include <system_error>
#include <utility>

#include "runtime/storage/file_disk.h"
#include "runtime/tcp/places.h"
#include "runtime/tcp/runner.h"

namespace octet::tcp {
namespace {

struct Arguments {
  std::uint32_t id = 0;
  std::vector<std::string> nodes;
  std::vector<std::string> clients;
  std::uint16_t control = 0;
  std::uint16_t serve = 0;
  std::string data;
  bool only_check = false;
};

asio::ip::tcp::endpoint loopback(std::uint16_t port) {
  return {asio::ip::address_v4::loopback(), port};
}

std::vector<std::string> all_texts(const Arguments& arguments) {
  std::vector<std::string> all = arguments.nodes;
  all.insert(all.end(), arguments.clients.begin(), arguments.clients.end());
  return all;
}

std::vector<NodeId> members(const Arguments& arguments) {
  std::vector<NodeId> ids;
  for (const auto& [id, endpoint] : places_of(arguments.nodes)) ids.push_back(id);
  return ids;
}

RunnerOptions runner_options(const Arguments& arguments, const Program& program) {
  RunnerOptions options{.id = arguments.id,
                        .protocol = program.protocol,
                        .listen = {},
                        .peers = places_of(all_texts(arguments))};
  const auto own = options.peers.extract(options.id);
  if (!own) throw std::runtime_error("--nodes does not name node " + std::to_string(arguments.id));
  options.listen = own.mapped();
  return options;
}

/// Tells each problem once, and not too many: whoever makes one may make it again and again.
class Complaints {
 public:
  explicit Complaints(std::uint32_t id) : id_(id) {}

  void operator()(const std::string& what) {
    if (said_.size() == most || !said_.insert(what).second) return;
    std::fprintf(stderr, "node %u: %s\n", id_, what.c_str());
  }

 private:
  static constexpr std::size_t most = 100;

  std::uint32_t id_;
  std::set<std::string> said_;
};

void run(const Arguments& arguments, const Program& program) {
  const RunnerOptions options = runner_options(arguments, program);
  asio::io_context io(1);
  asio::signal_set stop(io, SIGINT, SIGTERM);
  stop.async_wait([&](asio::error_code, int) { io.stop(); });
  auto disk = std::make_unique<FileDisk>(arguments.data, program.protocol);
  const std::size_t torn = disk->torn_bytes();
  Runner runner(io, options, program.make(options.id, members(arguments)), std::move(disk));
  const Control control(io, loopback(arguments.control), runner, program.parse_input);
  const auto served =
      program.serve ? program.serve(io, loopback(arguments.serve), runner) : nullptr;
  runner.on_refusal = Complaints(arguments.id);
  if (torn > 0) {
    std::fprintf(stderr, "node %u: the last record was torn by a crash; %zu bytes were cut off\n",
                 arguments.id, torn);
  }
  runner.start();
  std::printf("node %u is ready\n", arguments.id);
  std::fflush(stdout);
  io.run();
}

}  // namespace

int run_process(int argc, char** argv, const Program& program) {
  CLI::App app("A node of the protocol " + program.protocol + " as a process.");
  Arguments arguments;
  app.add_option("--id", arguments.id, "Which node this is")->required();
  app.add_option("--nodes", arguments.nodes, "All nodes and their ports: 1=7001 2=7002")
      ->required();
  app.add_option("--clients", arguments.clients, "Nodes that use these, and their ports: 9=7009");
  app.add_option("--control", arguments.control, "The port for people and tools")->required();
  app.add_option("--data", arguments.data, "The folder of this node's records")->required();
  if (program.serve) {
    app.add_option("--serve", arguments.serve, "The port for those who use this node")->required();
  }
  app.add_flag("--check", arguments.only_check, "Say what is wrong with the command line, and end");
  if (program.add_options) program.add_options(app);
  app.footer("Example: " + program.protocol +
             " --id 1 --nodes 1=7001 2=7002 --control 8001 --data /tmp/node1");
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& help) {
    return app.exit(help);
  } catch (const CLI::ParseError& error) {
    std::fprintf(stderr, "%s: %s (--help says more)\n", program.protocol.c_str(), error.what());
    return 2;
  }
  if (arguments.only_check) return 0;
  try {
    run(arguments, program);
    return 0;
  } catch (const std::system_error& error) {
    const bool is_taken = error.code() == asio::error::address_in_use;
    std::fprintf(stderr, "node %u: %s\n", arguments.id,
                 is_taken ? "one of its ports is in use; choose others" : error.what());
    return 1;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "node %u: %s\n", arguments.id, error.what());
    return 1;
  }
}

}  // namespace octet::tcp
