#include "graders/dsl/net/wire.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>

#include "graders/dsl/net/tests/failure.h"
#include "graders/dsl/net/tests/small_servers.h"

namespace octet::grading {
namespace {

/// Programs that want every core, while this lives.
class BusyMachine {
 public:
  BusyMachine() {
    for (pid_t& hog : hogs_) {
      hog = fork();
      if (hog != 0) continue;
      for (;;) getppid();
    }
  }
  ~BusyMachine() {
    for (const pid_t hog : hogs_) {
      kill(hog, SIGKILL);
      waitpid(hog, nullptr, 0);
    }
  }
  BusyMachine(const BusyMachine&) = delete;
  BusyMachine& operator=(const BusyMachine&) = delete;

 private:
  std::array<pid_t, 4> hogs_ = {};
};

void expect_conversation(const StartServer& start) {
  ServerProcess server(start);
  Wire wire(server);
  for (int i = 0; i < 5; ++i) {
    wire.send("hello");
    wire.expect("hello");
  }
}

TEST(Wire, SlowServersAreNotIdle) {
  expect_conversation(echoes());
  expect_conversation(echoes_from_a_worker());
  expect_conversation(echoes_after_a_real_timer());
  expect_conversation(spins_and_echoes());
}

TEST(Wire, SlowServersAreNotIdleOnABusyMachine) {
  const BusyMachine busy;
  expect_conversation(echoes());
  expect_conversation(echoes_from_a_worker());
  expect_conversation(echoes_after_a_real_timer());
  expect_conversation(spins_and_echoes());
}

TEST(Wire, MissingAnswerIsNoticed) {
  ServerProcess server(never_answers());
  Wire wire(server);
  wire.send("hello");
  const std::string failure = failure_of([&] { wire.expect("hello"); });
  expect_contains(failure, "client waited for \"hello\"; nothing came");
  expect_contains(failure, "the server is idle");
}

TEST(Wire, PartOfAnAnswerIsShown) {
  ServerProcess server(echoes());
  Wire wire(server);
  wire.send("hel");
  expect_contains(failure_of([&] { wire.expect("hello"); }), "3 bytes came: \"hel\"");
}

TEST(Wire, AnotherAnswerIsShownWhereItDiffers) {
  ServerProcess server(echoes());
  Wire wire(server);
  wire.send("help!");
  expect_contains(failure_of([&] { wire.expect("hello"); }),
                  "from byte 4 on came \"p!\", expected \"lo\"");
}

TEST(Wire, SilenceIsToldFromSpeech) {
  ServerProcess server(echoes_from_a_worker());
  Wire wire(server);
  wire.expect_silence();
  wire.send("hello");
  expect_contains(failure_of([&] { wire.expect_silence(); }), "5 bytes came: \"hello\"");
}

TEST(Wire, ClosingIsToldFromStayingOpen) {
  ServerProcess closes(closes_when_spoken_to());
  Wire wire(closes);
  wire.send("hello");
  wire.expect_close();
  Wire other(closes);
  other.send("hello");
  expect_contains(failure_of([&] { other.expect_silence(); }), "closed the connection");

  ServerProcess stays(echoes());
  Wire open(stays);
  open.send("hello");
  expect_contains(failure_of([&] { open.expect_close_after("hello"); }), "it stays open");
}

TEST(Wire, WhoDoesNotReadIsNotWaitedFor) {
  ServerProcess server(never_reads());
  Wire wire(server);
  const std::string bytes(64 << 20, 'x');
  EXPECT_LT(wire.send_until_full(bytes), bytes.size());
  expect_contains(failure_of([&] { wire.send("more"); }), "reads no more");
  expect_contains(failure_of([&] { wire.wait_until_read(); }), "left unread");
}

TEST(Wire, EveryPieceIsAReadOfItsOwn) {
  ServerProcess server(counts_reads());
  Wire wire(server);
  wire.send_in_pieces("123456789", 2);
  wire.expect("bbbba");
  wire.send_cut("123456789", {1, 4});
  wire.expect("ace");
}

TEST(Wire, WhatTheServerHasWrittenIsCounted) {
  ServerProcess server(echoes());
  Wire wire(server);
  wire.send("hello");
  server.settle();
  EXPECT_EQ(wire.written_by_server(), 5U);
  wire.expect("hello");
  EXPECT_EQ(wire.written_by_server(), 5U);
  EXPECT_EQ(wire.unread_by_server(), 0U);
}

}  // namespace
}  // namespace octet::grading
