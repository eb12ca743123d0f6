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
              {.id = "3f",
               .title = "Repair",
               .points = 14,
               .suites = {"ReadRepair", "Hints", "AntiEntropy"}},
          },
      .whole = false,
  };
  return octet::grading::grade(stage, argc, argv);
}
