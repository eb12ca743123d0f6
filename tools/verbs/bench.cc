#include <fmt/format.h>

#include <optional>
#include <string>
#include <vector>

#include "bench/stage1_redis.h"
#include "tools/project/build.h"
#include "tools/project/subprocess.h"
#include "tools/verbs/verb.h"

namespace octet::lab {
namespace {

struct Options {
  std::string stage;
  int rounds = 5;
  std::optional<double> seconds;
  std::vector<int> clients = {1, 10, 100, 500};
  std::string page;
  bool starter = false;
};

int bench_runtime(const Project& project) {
  build(project, {.preset = "release",
                  .target = "bench_runtime",
                  .folder = "bench/",
                  .whose = "the benchmark"});
  return run({build_folder(project, "release") / "bench" / "bench_runtime"});
}

int bench_servers(const Project& project, const StageFolder& stage, Whose whose, int rounds) {
  const auto server = build_stage_program(
      project, stage, whose, fmt::format("demo_1_kv_server_{}", name_of(whose)), "release");
  bench::bench_stage1({.server = server.string(), .rounds = rounds});
  return 0;
}

int bench_encodings(const Project& project, const StageFolder& stage, Whose whose, int rounds) {
  const std::string program = fmt::format("bench_2_{}", name_of(whose));
  build_stage_program(project, stage, whose, program, "release");
  return run(
      {build_folder(project, "release") / "bench" / "stage2" / program, std::to_string(rounds)});
}

int bench_partitioning(const Project& project, const StageFolder& stage, Whose whose,
                       const Options& options) {
  const std::string program = fmt::format("bench_3_{}", name_of(whose));
  const auto node = build_stage_program(
      project, stage, whose, fmt::format("demo_3_store_node_{}", name_of(whose)), "release");
  build_stage_program(project, stage, whose, program, "release");
  return run({build_folder(project, "release") / "bench" / "stage3" / program, "--node", node,
              "--rounds", std::to_string(options.rounds), "--seconds",
              std::to_string(options.seconds.value_or(1)), "--folder", project.state(), "--page",
              options.page.empty() ? (project.state() / "bench-3.html").string() : options.page});
}

int bench_replication(const Project& project, const StageFolder& stage, Whose whose,
                      const Options& options) {
  const std::string program = fmt::format("bench_4_{}", name_of(whose));
  const auto node = build_stage_program(
      project, stage, whose, fmt::format("demo_4_kv_node_{}", name_of(whose)), "release");
  build_stage_program(project, stage, whose, program, "release");
  Command command = {build_folder(project, "release") / "bench" / "stage4" / program,
                     "--node",
                     node,
                     "--rounds",
                     std::to_string(options.rounds),
                     "--seconds",
                     std::to_string(options.seconds.value_or(5)),
                     "--folder",
                     project.state(),
                     "--clients"};
  for (const int clients : options.clients) command.push_back(std::to_string(clients));
  return run(command);
}

int run_bench(const Project& project, const Options& options) {
  if (options.stage == "runtime") return bench_runtime(project);
  const StageFolder stage = project.stage(options.stage);
  const Whose whose = options.starter ? Whose::starter : Whose::reference;
  if (stage.number == 1) return bench_servers(project, stage, whose, options.rounds);
  if (stage.number == 2) return bench_encodings(project, stage, whose, options.rounds);
  if (stage.number == 3) return bench_partitioning(project, stage, whose, options);
  if (stage.number == 4) return bench_replication(project, stage, whose, options);
  throw UsageError(
      fmt::format("there is no benchmark for stage {}; there are some for 1, 2, 3, 4 and runtime",
                  stage.number));
}

}  // namespace

Action bench_verb(CLI::App& app, const Project& project) {
  const auto options = std::make_shared<Options>();
  app.add_option("STAGE", options->stage, "The stage's number, or \"runtime\"")
      ->required()
      ->type_name("");
  app.add_option("--rounds", options->rounds, "How often each case is measured")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  app.add_option("--seconds", options->seconds,
                 "How long each measurement takes; by default 1 in stage 3, 5 in stage 4")
      ->check(CLI::Range(0.1, 3600.0));
  app.add_option("--clients", options->clients, "Stage 4: how many clients put at a time, in turn")
      ->check(CLI::Range(1, 10'000))
      ->capture_default_str();
  app.add_option("--page", options->page,
                 "Stage 3: the file for the plots; one in .lab/ by default");
  app.add_flag("--starter", options->starter, "Your own code instead of the reference's");
  return [options, project] { return run_bench(project, *options); };
}

}  // namespace octet::lab
