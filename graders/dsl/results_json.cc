#include <nlohmann/json.hpp>

#include "graders/dsl/results.h"

namespace octet::grading {

std::string to_json(const Results& results) {
  nlohmann::ordered_json json{{"stage", results.stage->number},
                              {"name", results.stage->name},
                              {"solution", results.solution},
                              {"score", results.score()},
                              {"max_score", results.max_score()},
                              {"bonus", results.bonus()},
                              {"stage_points", core_points(*results.stage)},
                              {"tests", nlohmann::ordered_json::array()}};
  for (const TestResult& result : results.tests) {
    json["tests"].push_back({{"name", result.placed.name()},
                             {"part", result.placed.part->id},
                             {"score", result.score()},
                             {"max_score", result.placed.test.points},
                             {"output", result.passed() ? "" : full_output(results, result)},
                             {"seed", result.seed},
                             {"passed", result.passed()},
                             {"claim", result.placed.test.claim},
                             {"challenge", result.placed.part->challenge},
                             {"seeds_run", result.seeds_run},
                             {"seconds", result.outcome.seconds},
                             {"messages", result.outcome.messages},
                             {"trace", result.outcome.trace},
                             {"story", numbered_story(result.outcome)},
                             {"printed", result.outcome.printed},
                             {"trace_file", result.outcome.trace_file}});
  }
  return json.dump(2) + "\n";
}

}  // namespace octet::grading
