#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <asio/io_context.hpp>
#include <asio/post.hpp>
#include <asio/signal_set.hpp>
#include <csignal>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "tools/cluster/cluster.h"
#include "tools/project/build.h"
#include "tools/project/demos.h"
#include "tools/verbs/verb.h"

namespace octet::lab {
namespace {

const std::vector<std::string> examples = {"ping", "primary_backup"};
constexpr int most_nodes = 9;
constexpr std::uint16_t usual_resp = 7400;

struct Options {
  std::string what;  // an example, or a stage's number
  std::string node;  // of the stage
  bool reference = false;
  std::optional<int> nodes;
  std::string data;
  std::uint16_t port = 7700;
  std::optional<std::uint16_t> resp;  // the gateway's port
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

/// A node as a program, the name of the folder for its records, and the gateway of such nodes.
struct NodeProgram {
  std::filesystem::path file;
  std::string name;
  std::optional<std::filesystem::path> gateway = {};
};

bool has(const std::vector<std::string>& names, const std::string& name) {
  return std::ranges::find(names, name) != names.end();
}

NodeProgram build_example(const Project& project, const std::string& name) {
  const std::string target = name + "_node";
  build(project, {.target = target, .folder = "runtime/examples/", .whose = "the example"});
  return {build_folder(project, "dev") / "runtime" / "examples" / target, name};
}

/// The one that was asked for, or the only one.
std::string node_of(const StageFolder& stage, const Options& options) {
  const std::vector<std::string> nodes = demos_of(stage).nodes;
  if (nodes.empty()) throw Failure(fmt::format("stage {} has no nodes to run", stage.number));
  if (options.node.empty() && nodes.size() == 1) return nodes.front();
  if (has(nodes, options.node)) return options.node;
  throw UsageError(fmt::format("say which of stage {}'s nodes to run: {}", stage.number,
                               fmt::join(nodes, ", ")));
}

NodeProgram build_node(const Project& project, const Options& options) {
  const StageFolder stage = project.stage(options.what);
  const std::string node = node_of(stage, options);
  const Whose whose = options.reference ? Whose::reference : Whose::starter;
  const auto built = [&](std::string_view what) {
    const std::string target =
        fmt::format("demo_{}_{}_{}_{}", stage.number, node, what, name_of(whose));
    return build_stage_program(project, stage, whose, target);
  };
  NodeProgram program{built("node"), fmt::format("{}-{}-{}", stage.number, node, name_of(whose))};
  if (has(demos_of(stage).gateways, node)) program.gateway = built("gateway");
  return program;
}

NodeProgram build_program(const Project& project, const Options& options) {
  const bool is_example = has(examples, options.what);
  if (!is_example) return build_node(project, options);
  if (!options.node.empty()) throw UsageError(options.what + " is the whole name of an example");
  return build_example(project, options.what);
}

bool has_gateway(const Project& project, const Options& options) {
  if (has(examples, options.what)) return false;
  const StageFolder stage = project.stage(options.what);
  return has(demos_of(stage).gateways, node_of(stage, options));
}

cluster::Setup setup_of(const Project& project, const Options& options) {
  if (options.resp && !has_gateway(project, options)) {
    throw UsageError("--resp is for nodes that Redis clients can use: ./lab cluster 4");
  }
  const NodeProgram program = build_program(project, options);
  cluster::Setup setup{.program = program.file,
                       .data = options.data.empty() ? project.state() / "cluster" / program.name
                                                    : std::filesystem::absolute(options.data),
                       .nodes = options.nodes.value_or(program.gateway ? 3 : 2),
                       .first_port = options.port};
  if (program.gateway) {
    setup.gateway = {.program = *program.gateway, .port = options.resp.value_or(usual_resp)};
  }
  return setup;
}

/// What a terminal has room for; a view may be megabytes long.
std::string shortened(const std::string& line) {
  constexpr std::size_t most = 4'000;
  if (line.size() <= most) return line;
  return fmt::format("{} ... {} bytes ... {}", line.substr(0, most / 2), line.size() - most,
                     line.substr(line.size() - most / 2));
}

int run_cluster(const Project& project, const Options& options) {
  const cluster::Setup setup = setup_of(project, options);
  const auto io = std::make_shared<asio::io_context>(1);
  if (const auto port = cluster::taken_port(*io, setup)) {
    throw Failure(fmt::format(
        "port {} is in use, maybe by another ./lab cluster; choose others with --port{}", *port,
        setup.gateway ? " and --resp" : ""));
  }
  asio::signal_set stop(*io, SIGINT, SIGTERM);
  stop.async_wait([&](asio::error_code, int) { io->stop(); });
  cluster::Cluster cluster(*io, setup, [](const std::string& line) {
    fmt::print("{}\n", shortened(line));
    std::fflush(stdout);
  });
  fmt::print("the nodes' records are kept in {}\n{}\n", setup.data.string(),
             cluster::Cluster::help);
  if (setup.gateway) fmt::print("N, A and B are numbers of nodes, or {}\n", cluster::Gateway::name);
  cluster.start();
  read_lines(io, cluster);
  io->run();
  return cluster.has_failed() ? 1 : 0;
}

}  // namespace

Action cluster_verb(CLI::App& app, const Project& project) {
  const auto options = std::make_shared<Options>();
  app.add_option("WHAT", options->what, "A stage's number; or an example: ping, primary_backup")
      ->required()
      ->type_name("");
  app.add_option("NODE", options->node, "Which of the stage's nodes, if it has several")
      ->type_name("");
  app.add_flag("--reference", options->reference, "The nodes of the reference solution");
  app.add_option("--nodes", options->nodes, "How many, 2 to 9; default: 2, and 3 where most decide")
      ->check(CLI::Range(2, most_nodes))
      ->type_name("N");
  app.add_option("--data", options->data, "Folder of the nodes' records; default: in .lab/");
  app.add_option("--port", options->port, "The first of two ports for each node")
      ->check(CLI::Range(1024, 65000))
      ->capture_default_str();
  app.add_option(
         "--resp", options->resp,
         fmt::format("The port for Redis clients, where a stage has one; default: {}", usual_resp))
      ->check(CLI::Range(1024, 65000))
      ->type_name("PORT");
  return [options, project] { return run_cluster(project, *options); };
}

}  // namespace octet::lab
