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
#include "tools/project/subprocess.h"
#include "tools/project/terminal.h"
#include "tools/verbs/verb.h"

namespace octet::lab {
namespace {

const std::vector<std::string> examples = {"ping", "primary_backup"};
constexpr int most_nodes = 9;
/// Where Redis clients find a stage: 7400, or 7300.
std::uint16_t usual_resp(const StageFolder& stage) {
  return static_cast<std::uint16_t>(7'000 + 100 * stage.number);
}

struct Options {
  std::string what;  // an example, or a stage's number
  std::string node;  // of the stage
  bool reference = false;
  std::optional<int> nodes;
  int spares = 0;
  std::vector<std::string> settings;  // of each node: NAME=VALUE
  std::string data;
  std::uint16_t port = 7700;
  std::optional<std::uint16_t> resp;  // the gateway's port, or the first node's
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

/// A node as a program, the name of the folder for its records, and the gateway or operator of such
/// nodes.
struct NodeProgram {
  std::filesystem::path file;
  std::string name;
  std::uint16_t usual_resp = 0;
  std::optional<std::filesystem::path> gateway = {};
  std::optional<std::filesystem::path> directed_by = {};
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
  NodeProgram program{built("node"), fmt::format("{}-{}-{}", stage.number, node, name_of(whose)),
                      usual_resp(stage)};
  if (has(demos_of(stage).gateways, node)) program.gateway = built("gateway");
  if (has(demos_of(stage).operators, node)) program.directed_by = built("operator");
  return program;
}

NodeProgram build_program(const Project& project, const Options& options) {
  const bool is_example = has(examples, options.what);
  if (!is_example) return build_node(project, options);
  if (!options.node.empty()) throw UsageError(options.what + " is the whole name of an example");
  return build_example(project, options.what);
}

/// What there is beside a node.
struct Around {
  bool gateway = false;
  bool director = false;  // an operator
};
Around around(const Project& project, const Options& options) {
  if (has(examples, options.what)) return {};
  const StageFolder stage = project.stage(options.what);
  const std::string node = node_of(stage, options);
  const Demos demos = demos_of(stage);
  return {.gateway = has(demos.gateways, node), .director = has(demos.operators, node)};
}

/// More than a majority needs, where some are to leave.
int nodes_of(const Around& around, const Options& options) {
  return options.nodes.value_or(around.director ? 6 : around.gateway ? 3 : 2);
}

/// As the programs of nodes read them.
std::vector<std::string> node_options(const Options& options) {
  std::vector<std::string> all;
  for (const std::string& setting : options.settings) {
    if (setting.find('=') == std::string::npos || setting.starts_with('-')) {
      throw UsageError(fmt::format("--set {}: write NAME=VALUE, an option of the nodes", setting));
    }
    all.push_back("--" + setting);
  }
  return all;
}

void check_usage(const Around& around, const Options& options) {
  if (options.resp && !around.gateway && !around.director) {
    throw UsageError("--resp is for nodes that Redis clients can use: ./lab cluster 4");
  }
  if (options.spares > 0 && !around.director) {
    throw UsageError("--spare is for nodes that can join later: ./lab cluster 3");
  }
  if (nodes_of(around, options) + options.spares > most_nodes) {
    throw UsageError(fmt::format("{} nodes are the most, with those of --spare", most_nodes));
  }
}

/// What the nodes say of their command line, before there are many of them that say it.
void check_settings(const cluster::Setup& setup) {
  if (setup.options.empty()) return;
  Command command = cluster::command_of(setup, 1);
  command.emplace_back("--check");
  const Captured said = capture(command);
  if (said.status != 0) throw UsageError(said.output.substr(0, said.output.find('\n')));
}

cluster::Setup setup_of(const Project& project, const Options& options) {
  const Around beside = around(project, options);
  check_usage(beside, options);
  const int nodes = nodes_of(beside, options);
  const std::vector<std::string> settings = node_options(options);
  const NodeProgram program = build_program(project, options);
  // Records of three nodes are no records of five.
  const std::string folder = fmt::format("{}-{}", program.name, nodes);
  cluster::Setup setup{.program = program.file,
                       .data = options.data.empty() ? project.state() / "cluster" / folder
                                                    : std::filesystem::absolute(options.data),
                       .nodes = nodes,
                       .spares = options.spares,
                       .first_port = options.port,
                       .options = settings};
  const std::uint16_t resp = options.resp.value_or(program.usual_resp);
  if (program.gateway) setup.gateway = {.program = *program.gateway, .port = resp};
  if (program.directed_by) {
    setup.serve = resp;
    setup.directed_by = {.program = *program.directed_by, .on_terminal = stdout_is_terminal()};
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
  check_settings(setup);
  const auto io = std::make_shared<asio::io_context>(1);
  if (const auto port = cluster::taken_port(*io, setup)) {
    throw Failure(fmt::format(
        "port {} is in use, maybe by another ./lab cluster; choose others with --port{}", *port,
        setup.gateway || setup.serve ? " and --resp" : ""));
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
  app.add_option("--nodes", options->nodes,
                 "How many, 2 to 9; default: 2, 3 where most decide, and 6 where some can leave")
      ->check(CLI::Range(2, most_nodes))
      ->type_name("N");
  app.add_option("--spare", options->spares, "Nodes more, which are no members until they join")
      ->check(CLI::Range(0, most_nodes))
      ->type_name("N");
  app.add_option("--set", options->settings,
                 "An option of the nodes, such as sloppy=true; repeatable")
      ->type_name("NAME=VALUE")
      ->allow_extra_args(false);
  app.add_option("--data", options->data, "Folder of the nodes' records; default: in .lab/");
  app.add_option("--port", options->port, "The first of two ports for each node")
      ->check(CLI::Range(1024, 65000))
      ->capture_default_str();
  app.add_option(
         "--resp", options->resp,
         "The port for Redis clients, where a stage has one; default: 7400 for stage 4, and so on")
      ->check(CLI::Range(1024, 65000))
      ->type_name("PORT");
  return [options, project] { return run_cluster(project, *options); };
}

}  // namespace octet::lab
