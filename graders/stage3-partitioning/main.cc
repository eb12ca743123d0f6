#include "graders/dsl/stage.h"

int main(int argc, char** argv) {
  const octet::grading::Stage stage{
      .number = 3,
      .name = "partitioning",
      .parts =
          {
              {.id = "3e",
               .title = "Dynamo quorums",
               .points = 18,
               .suites = {"Quorums", "Siblings", "SlotsMove"}},
              {.id = "3g",
               .title = "Consistency levels",
               .points = 6,
               .suites = {"Strong", "Causal", "Levels"}},
          },
      .whole = false,
  };
  return octet::grading::grade(stage, argc, argv);
}
