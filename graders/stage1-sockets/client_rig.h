#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "graders/dsl/net/event_loop.h"
#include "graders/stage1-sockets/scripted_peer.h"
#include "stage1-sockets/api/solution.h"

namespace octet::sockets {

/// How GoogleTest prints a reply.
std::ostream& operator<<(std::ostream& out, const Reply& reply);

}  // namespace octet::sockets

namespace octet::grading {

/// How a request may end.
inline const sockets::Reply lost = {sockets::Reply::Status::lost};
inline const sockets::Reply timed_out = {sockets::Reply::Status::timed_out};
sockets::Reply ok(std::string body);

/// A solution's client, the server that it talks to, and the clock. Nothing moves but by the test.
///
/// Every outcome is recorded; a handler that runs twice, or inside a call of the client, fails the
/// test.
class ClientRig {
 public:
  explicit ClientRig(sockets::ClientConfig config = {}, int backlog = 16);

  EventLoop loop;
  ScriptedPeer peer;

  /// Makes a request; returns its place among all requests of this rig, from 0. `then` is what its
  /// handler does after the outcome was recorded.
  std::size_t request(std::string body, Clock::duration timeout, std::function<void()> then = {});

  /// How it ended, or nothing as long as it has not.
  const std::optional<sockets::Reply>& outcome(std::size_t request) const {
    return outcomes_[request];
  }
  bool has_ended(std::size_t request) const { return outcomes_[request].has_value(); }

  void close();
  void destroy();

  Clock::duration longest_pause() const { return config_.backoff.cap; }

  /// Lets the client, the network and the reading server do all they can while time stands still.
  void settle();
  void advance(Clock::duration by);

  /// Moves the clock on in small steps until the server has received a request, which comes at the
  /// latest when the longest pause between two attempts is over.
  ScriptedPeer::Request await_request();

  /// Answers what comes until these requests have ended, also after pauses between attempts.
  void answer_until_ended(const std::vector<std::size_t>& requests);

  /// Makes a request, answers it, and expects that answer.
  void expect_that_it_still_works(const std::string& body);

  /// Fails unless the event loop has nothing more to do, now or later.
  void expect_no_work_left();

 private:
  /// A call of the client, during which no handler may run.
  template <class Call>
  void inside(Call call);
  void record(std::size_t request, sockets::Reply reply);
  bool run_ready();

  sockets::ClientConfig config_;
  std::vector<std::optional<sockets::Reply>> outcomes_;
  bool inside_client_ = false;
  std::unique_ptr<sockets::AnyClient> client_;
};

}  // namespace octet::grading
