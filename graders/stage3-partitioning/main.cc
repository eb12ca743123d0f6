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
              {.id = "3b", .title = "Rebalancing", .points = 12, .suites = {"Plan", "Shards"}},
              {.id = "3c",
               .title = "Leader and followers",
               .points = 16,
               .suites = {"Followers", "FailOver", "Sessions"}},
              {.id = "3d", .title = "Several leaders", .points = 8, .suites = {"MultiLeader"}},
              {.id = "3e",
               .title = "Quorums",
               .points = 20,
               .suites = {"Quorums", "Siblings", "SlotsMove", "StoreProcesses"}},
              {.id = "3f",
               .title = "Repair",
               .points = 14,
               .suites = {"ReadRepair", "Hints", "AntiEntropy"}},
              {.id = "3g",
               .title = "Consistency levels",
               .points = 6,
               .suites = {"Strong", "Causal", "Levels"}},
          },
  };
  return octet::grading::grade(stage, argc, argv);
}
