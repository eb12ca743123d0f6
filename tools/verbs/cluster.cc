#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <asio/io_context.hpp>
#include <asio/post.hpp>
#include <asio/signal_set.hpp>
#include <csignal>
#include <iostream>
#include <memory>
#include <string>
#include <thread>

#include "tools/cluster/cluster.h"
#include "tools/project/build.h"
#include "tools/verbs/verb.h"

namespace octet::lab {
namespace {

constexpr std::array<std::string_view, 2> protocols = {"ping", "primary_backup"};
constexpr int most_nodes = 9;

struct Options {
  std::string protocol;
  int nodes = 2;
  std::string data;
  std::uint16_t port = 7700;
};

/// Reads what is typed on a thread of its own, since a file or a pipe may be behind it. The thread
/// is left alone when the program ends: it may wait for a line that never comes.
void read_lines(const std::shared_ptr<asio::io_context>& io, cluster::Cluster& cluster) {
  std::thread([io, &cluster] {
    for (std::string line; std::getline(std::cin, line);) {
      asio::post(*io, [io, &cluster, line] {
        if (!cluster.obey(line)) io->stop();
      });
    }
    asio::post(*io, [io] { io->stop(); });
  }).detach();
}

int run_cluster(const Project& project, const Options& options) {
  if (std::find(protocols.begin(), protocols.end(), options.protocol) == protocols.end()) {
    throw UsageError(fmt::format("there is no protocol \"{}\"; there are {} and {}",
                                 options.protocol, protocols[0], protocols[1]));
  }
  const std::string target = options.protocol + "_node";
  build(project, {.target = target, .folder = "runtime/examples/", .whose = "the example"});
  const std::filesystem::path data = options.data.empty()
                                         ? project.state() / "cluster" / options.protocol
                                         : std::filesystem::absolute(options.data);
  const auto io = std::make_shared<asio::io_context>(1);
  asio::signal_set stop(*io, SIGINT, SIGTERM);
  stop.async_wait([&](asio::error_code, int) { io->stop(); });
  cluster::Cluster cluster(
      *io,
      {.program = build_folder(project, "dev") / "runtime" / "examples" / target,
       .data = data,
       .nodes = options.nodes,
       .first_port = options.port},
      [](const std::string& line) {
        fmt::print("{}\n", line);
        std::fflush(stdout);
      });
  fmt::print("the nodes' records are kept in {}\n{}\n", data.string(), cluster::Cluster::help);
  cluster.start();
  read_lines(io, cluster);
  io->run();
  return cluster.has_failed() ? 1 : 0;
}

}  // namespace

Action cluster_verb(CLI::App& app, const Project& project) {
  const auto options = std::make_shared<Options>();
  app.add_option("PROTOCOL", options->protocol, "ping or primary_backup")
      ->required()
      ->type_name("");
  app.add_option("--nodes", options->nodes, "How many, 2 to 9")
      ->check(CLI::Range(2, most_nodes))
      ->type_name("N")
      ->capture_default_str();
  app.add_option("--data", options->data, "Folder of the nodes' records; default: in .lab/");
  app.add_option("--port", options->port, "The first of two ports for each node")
      ->check(CLI::Range(1024, 65000))
      ->capture_default_str();
  return [options, project] { return run_cluster(project, *options); };
}

}  // namespace octet::lab
