#include "graders/dsl/stage.h"

int main(int argc, char** argv) {
  const octet::grading::Stage stage{
      .number = 3,
      .name = "partitioning",
      .parts =
          {
              {.id = "3a",
               .title = "Placement",
               .points = 24,
               .suites = {"Modulo", "HashRing", "Rendezvous", "Jump", "Ranges"}},
              {.id = "3e", .title = "Quorums", .points = 1, .suites = {"Quorums"}},
          },
      .whole = false,
  };
  return octet::grading::grade(stage, argc, argv);
}
