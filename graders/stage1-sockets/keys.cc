#include "graders/stage1-sockets/keys.h"

#include <fmt/format.h>

#include "graders/dsl/graded_test.h"

namespace octet::grading {

Keys::Keys() : store_(sockets::make_store()), now_(std::chrono::hours(1)) {}

RespValue Keys::run(const Words& command) {
  RespValue reply = store_->execute(command, now_);
  tell(shown(command) + " -> " + shown(reply));
  return reply;
}

void Keys::expect(const Words& command, const RespValue& expected) {
  const RespValue reply = run(command);
  if (reply == expected) return;
  fail(shown(command) + " replies " + shown(reply) + "; it should be " + shown(expected));
}

void Keys::expect_error(const Words& command) {
  const RespValue reply = run(command);
  if (is_error(reply)) return;
  fail(shown(command) + " replies " + shown(reply) +
       "; it should be an error that starts with ERR");
}

void Keys::pass(Clock::duration time) {
  now_ += time;
  tell(fmt::format("{} ms pass",
                   std::chrono::duration_cast<std::chrono::milliseconds>(time).count()));
}

}  // namespace octet::grading
