#include "graders/dsl/stage.h"

int main(int argc, char** argv) {
  const octet::grading::Stage stage{
      .number = 2,
      .name = "clocks-rpc",
      .parts =
          {
              {.id = "2a",
               .title = "Logical clocks",
               .points = 22,
               .suites = {"Lamport", "Vector", "Hybrid"}},
              {.id = "2b", .title = "Serialization", .points = 8, .suites = {"Fields"}},
              {.id = "2c", .title = "Remote procedure calls", .points = 20, .suites = {"Rpc"}},
              {.id = "2d",
               .title = "Total order and mutual exclusion",
               .points = 16,
               .suites = {"TotalOrder", "MutualExclusion"}},
              {.id = "2e", .title = "Causal broadcast", .points = 10, .suites = {"Causal"}},
              {.id = "2f", .title = "Elections", .points = 10, .suites = {"Bully", "Ring"}},
              {.id = "2g", .title = "Gossip", .points = 8, .suites = {"Rumour", "AntiEntropy"}},
              {.id = "2h", .title = "A message queue", .points = 6, .suites = {"Queue"}},
          },
  };
  return octet::grading::grade(stage, argc, argv);
}
