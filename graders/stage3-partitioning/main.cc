#include "graders/dsl/stage.h"

int main(int argc, char** argv) {
  const octet::grading::Stage stage{
      .number = 3,
      .name = "partitioning",
      .parts =
          {
              {.id = "3d", .title = "Several leaders", .points = 8, .suites = {"MultiLeader"}},
              {.id = "3e", .title = "Quorums", .points = 1, .suites = {"Quorums"}},
          },
      .whole = false,
  };
  return octet::grading::grade(stage, argc, argv);
}
