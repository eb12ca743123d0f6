#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <asio/io_context.hpp>
#include <asio/post.hpp>
#include <asio/signal_set.hpp>
#include <csignal>
#include <iostream>
#include <memory>
#include <string>
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

struct Options {
  std::string what;  // an example, or a stage's number
  std::string node;  // of the stage
  bool reference = false;
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

/// A node as a program, and the name of the folder for its records.
struct NodeProgram {
  std::filesystem::path file;
  std::string name;
};

bool has(const std::vector<std::string>& names, const std::string& name) {
  return std::ranges::find(names, name) != names.end();
}

NodeProgram build_example(const Project& project, const std::string& name) {
  const std::string target = name + "_node";
  build(project, {.target = target, .folder = "runtime/examples/", .whose = "the example"});
  return {build_folder(project, "dev") / "runtime" / "examples" / target, name};
}

NodeProgram build_node(const Project& project, const Options& options) {
  const StageFolder stage = project.stage(options.what);
  const std::vector<std::string> nodes = demos_of(stage).nodes;
  if (nodes.empty()) throw Failure(fmt::format("stage {} has no nodes to run", stage.number));
  if (!has(nodes, options.node)) {
    throw UsageError(fmt::format("say which of stage {}'s nodes to run: {}", stage.number,
                                 fmt::join(nodes, ", ")));
  }
  const Whose whose = options.reference ? Whose::reference : Whose::starter;
  const std::string target =
      fmt::format("demo_{}_{}_node_{}", stage.number, options.node, name_of(whose));
  return {build_stage_program(project, stage, whose, target),
          fmt::format("{}-{}-{}", stage.number, options.node, name_of(whose))};
}

NodeProgram build_program(const Project& project, const Options& options) {
  const bool is_example = has(examples, options.what);
  if (!is_example) return build_node(project, options);
  if (!options.node.empty()) throw UsageError(options.what + " is the whole name of an example");
  return build_example(project, options.what);
}

int run_cluster(const Project& project, const Options& options) {
  const NodeProgram program = build_program(project, options);
  const std::filesystem::path data = options.data.empty()
                                         ? project.state() / "cluster" / program.name
                                         : std::filesystem::absolute(options.data);
  const auto io = std::make_shared<asio::io_context>(1);
  asio::signal_set stop(*io, SIGINT, SIGTERM);
  stop.async_wait([&](asio::error_code, int) { io->stop(); });
  cluster::Cluster cluster(
      *io,
      {.program = program.file, .data = data, .nodes = options.nodes, .first_port = options.port},
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
  app.add_option("WHAT", options->what, "A stage's number; or an example: ping, primary_backup")
      ->required()
      ->type_name("");
  app.add_option("NODE", options->node, "Which of the stage's nodes; without it they are listed")
      ->type_name("");
  app.add_flag("--reference", options->reference, "The nodes of the reference solution");
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
