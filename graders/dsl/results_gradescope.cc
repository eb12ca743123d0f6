#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "graders/dsl/results.h"

namespace octet::grading {

std::string to_gradescope(const Results& results) {
  nlohmann::ordered_json json{
      {"score", results.score() + results.bonus()},
      {"output",
       fmt::format("Stage {}: {}, {}/{} points and {} bonus", results.stage->number,
                   results.stage->name, results.score(), results.max_score(), results.bonus())},
      {"visibility", "visible"},
      {"tests", nlohmann::ordered_json::array()}};
  for (const TestResult& result : results.tests) {
    const std::string number =
        fmt::format("{}.{}", result.placed.part->id, result.placed.number_in_part);
    json["tests"].push_back({{"score", result.score()},
                             {"max_score", result.placed.test.points},
                             {"name", result.placed.name()},
                             {"number", number},
                             {"output", full_output(results, result)},
                             {"visibility", "visible"}});
  }
  return json.dump(2) + "\n";
}

}  // namespace octet::grading
