#include "graders/dsl/stage.h"

int main(int argc, char** argv) {
  const octet::grading::Stage stage{
      .number = 4,
      .name = "raft",
      .parts =
          {
              {.id = "4a", .title = "Leader election", .points = 20, .suites = {"Election"}},
              {.id = "4b", .title = "Log replication", .points = 25, .suites = {"Replication"}},
              {.id = "4c", .title = "Persistence", .points = 15, .suites = {"Persistence"}},
              {.id = "4d",
               .title = "Key-value service",
               .points = 25,
               .suites = {"Store", "Once", "Outcomes", "Processes"}},
              {.id = "4e", .title = "Reads", .points = 15, .suites = {"Reads", "StoreReads"}},
              {.id = "4f",
               .title = "Pre-vote",
               .points = 5,
               .suites = {"PreVote"},
               .challenge = true},
              {.id = "4g",
               .title = "Leadership transfer",
               .points = 5,
               .suites = {"Transfer"},
               .challenge = true},
              {.id = "4h",
               .title = "Pipelining",
               .points = 5,
               .suites = {"Pipelining"},
               .challenge = true},
          },
  };
  return octet::grading::grade(stage, argc, argv);
}
