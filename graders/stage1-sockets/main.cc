#include "graders/dsl/stage.h"

int main(int argc, char** argv) {
  const octet::grading::Stage stage{
      .number = 1,
      .name = "sockets",
      .parts =
          {
              {.id = "1a",
               .title = "Framing and echo",
               .points = 25,
               .suites = {"Framing", "Echo"}},
              {.id = "1b",
               .title = "Key-value server",
               .points = 30,
               .suites = {"Resp", "Commands", "KeyValue"}},
              {.id = "1c", .title = "Chat", .points = 25, .suites = {"Chat"}},
              {.id = "1d", .title = "Client", .points = 15, .suites = {"Backoff", "Client"}},
              {.id = "1e", .title = "CAP", .points = 5, .suites = {"Cap"}},
          },
  };
  return octet::grading::grade(stage, argc, argv);
}
