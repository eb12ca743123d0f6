#include "graders/stage1-sockets/client_rig.h"

#include <algorithm>
#include <utility>

#include "graders/dsl/graded_test.h"

namespace octet::sockets {

std::ostream& operator<<(std::ostream& out, const Reply& reply) {
  if (reply.status == Reply::Status::timed_out) return out << "timed out";
  if (reply.status == Reply::Status::lost) return out << "lost";
  if (reply.body.size() > 40) return out << "ok, a body of " << reply.body.size() << " bytes";
  return out << "ok, \"" << reply.body << '"';
}

}  // namespace octet::sockets

namespace octet::grading {
namespace {

using sockets::Reply;

// Handlers that run before the network is looked at again.
constexpr int one_turn = 1000;

constexpr int steps_of_a_pause = 20;

}  // namespace

Reply ok(std::string body) {
  return {Reply::Status::ok, std::move(body)};
}

ClientRig::ClientRig(sockets::ClientConfig config, int backlog) : peer(backlog), config_(config) {
  client_ = sockets::make_client(loop.io(), peer.endpoint(), config);
}

template <class Call>
void ClientRig::inside(Call call) {
  const bool outer = std::exchange(inside_client_, true);
  call();
  inside_client_ = outer;
}

std::size_t ClientRig::request(std::string body, Clock::duration timeout,
                               std::function<void()> then) {
  const std::size_t place = outcomes_.size();
  outcomes_.emplace_back();
  tell("request " + std::to_string(place) + " is made, with " +
       std::to_string(std::chrono::duration<double, std::milli>(timeout).count()) + " ms");
  inside([&] {
    client_->request(std::move(body), timeout, [this, place, then = std::move(then)](Reply reply) {
      record(place, std::move(reply));
      if (then) then();
    });
  });
  return place;
}

void ClientRig::record(std::size_t request, Reply reply) {
  const std::string what = "request " + std::to_string(request);
  tell(what + " ends: " + testing::PrintToString(reply));
  EXPECT_FALSE(inside_client_) << "the handler of " << what << " runs inside a call of the client";
  EXPECT_FALSE(outcomes_[request]) << what << " ends a second time: " << reply;
  outcomes_[request] = std::move(reply);
}

void ClientRig::close() {
  tell("the client is closed");
  inside([&] { client_->close(); });
}

void ClientRig::destroy() {
  tell("the client is destroyed");
  inside([&] { client_.reset(); });
}

bool ClientRig::run_ready() {
  if (loop.io().stopped()) loop.io().restart();
  int handlers = 0;
  while (handlers < one_turn && loop.io().poll_one() > 0) ++handlers;
  return handlers > 0;
}

void ClientRig::settle() {
  do {
    // The cheap look comes first; only its end is worth waiting for to be sure.
    for (int turn = 0; turn < one_turn && (run_ready() || peer.look()); ++turn) continue;
    loop.settle();
  } while (peer.look());
  peer.expect_one_connection();
}

void ClientRig::advance(Clock::duration by) {
  loop.advance(by);
  if (peer.look()) settle();
}

ScriptedPeer::Request ClientRig::await_request() {
  settle();
  for (int step = 0; step <= steps_of_a_pause; ++step) {
    auto requests = peer.take_requests();
    if (requests.size() > 1) fail("the server receives more than the request that was made");
    if (requests.size() == 1) return requests.front();
    advance(config_.backoff.cap / steps_of_a_pause);
  }
  fail(
      "a request was made and the server does not receive it, although the longest pause between "
      "two attempts is over");
}

void ClientRig::answer_until_ended(const std::vector<std::size_t>& requests) {
  const auto all_ended = [&] {
    return std::ranges::all_of(requests, [&](std::size_t place) { return has_ended(place); });
  };
  for (int step = 0; step < 100 && !all_ended(); ++step) {
    for (const ScriptedPeer::Request& received : peer.take_requests()) {
      peer.reply(received, "answer to " + received.body);
    }
    settle();
    if (!all_ended()) advance(std::chrono::milliseconds(250));
  }
}

void ClientRig::expect_that_it_still_works(const std::string& body) {
  tell("does the client still work?");
  const std::size_t probe = request(body, 10 * config_.backoff.cap);
  const auto received = await_request();
  EXPECT_EQ(received.body, body);
  peer.reply(received, "answer to " + body);
  settle();
  EXPECT_EQ(outcome(probe), ok("answer to " + body));
}

void ClientRig::expect_no_work_left() {
  settle();
  if (loop.io().stopped()) loop.io().restart();
  loop.io().poll();
  EXPECT_TRUE(loop.io().stopped()) << "something of the client still waits on the event loop: a "
                                      "timer, a socket or a retry that nobody cancelled";
}

}  // namespace octet::grading
