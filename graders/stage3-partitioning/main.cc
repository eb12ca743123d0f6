#include "graders/dsl/stage.h"

int main(int argc, char** argv) {
  const octet::grading::Stage stage{
      .number = 3,
      .name = "partitioning",
      .parts =
          {
              {.id = "3e",
               .title = "Quorums",
               .points = 3,
               .suites = {"Quorums", "StoreProcesses"}},
          },
      .whole = false,
  };
  return octet::grading::grade(stage, argc, argv);
}
