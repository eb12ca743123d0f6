#pragma once

#include <memory>

#include "graders/stage1-sockets/resp_text.h"
#include "runtime/clock.h"
#include "stage1-sockets/api/solution.h"

namespace octet::grading {

/// A solution's keyspace with its commands, without sockets, at a time that the test sets.
class Keys {
 public:
  Keys();

  /// Every command is told in the story with its reply.
  RespValue run(const Words& command);

  /// Fails the test unless the reply is exactly this one.
  void expect(const Words& command, const RespValue& reply);

  /// Fails the test unless the reply is an error that starts with ERR.
  void expect_error(const Words& command);

  /// Lets time pass. Nothing runs meanwhile: there is no timer to rely on.
  void pass(Clock::duration time);

  Clock::time_point now() const { return now_; }

 private:
  std::unique_ptr<sockets::AnyStore> store_;
  Clock::time_point now_;
};

}  // namespace octet::grading
