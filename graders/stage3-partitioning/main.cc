#include "graders/dsl/stage.h"

int main(int argc, char** argv) {
  const octet::grading::Stage stage{
      .number = 3,
      .name = "partitioning",
      .parts =
          {
              {.id = "3c",
               .title = "Leader and followers",
               .points = 16,
               .suites = {"Followers", "FailOver", "Sessions"}},
          },
      .whole = false,
  };
  return octet::grading::grade(stage, argc, argv);
}
