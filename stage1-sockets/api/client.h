#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>

#include "runtime/clock.h"
#include "stage1-sockets/api/frames.h"

/// Requests and replies of the client: frames whose payload starts with a request number.
///
///     payload = number: 8 bytes, unsigned, most significant first | body
///
/// A server copies the number of a request into its reply, so that a reply can be told from a late
/// one. A client that never has two requests on one connection may ignore it.
namespace octet::sockets {

/// How long to wait before connecting again after failed attempt 1, 2, 3, ... A connection that
/// ends before the server answered anything on it is a failed attempt too; only an answer sets the
/// counter back.
struct BackoffConfig {
  Clock::duration base = std::chrono::milliseconds(50);
  Clock::duration cap = std::chrono::seconds(5);  // no delay is longer
};

/// The interval, both ends included, from which a delay is drawn. How much of it is chance is your
/// choice, within this: zero <= min < max <= cap; after the first failure max is between base and
/// four times base; with each further failure it at least doubles, until it is the cap.
struct DelayRange {
  Clock::duration min;
  Clock::duration max;
};

/// How a request ended. Its deadline counts from the call of request() and covers all of it:
/// waiting to be sent, connecting, and waiting for the answer.
struct Reply {
  enum class Status {
    ok,         // the server answered; `body` is the answer
    timed_out,  // the deadline passed; the server may or may not have done the work
    lost,       // the connection ended, or the client was closed, before the answer came
  };
  Status status = Status::lost;
  std::string body = {};

  bool operator==(const Reply&) const = default;
};

using ReplyHandler = std::function<void(Reply)>;

struct ClientConfig {
  BackoffConfig backoff = {};
  std::uint64_t seed = 1;                           // of the jitter
  std::uint32_t max_payload = default_max_payload;  // a request that is longer ends as lost, unsent
  std::size_t max_waiting = 1024;  // requests not answered yet; one more ends at once as lost
};

}  // namespace octet::sockets
