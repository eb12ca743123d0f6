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
/// one, and may answer in any order. A reply whose number is not that of a request outstanding on
/// its connection answers nothing. Frames that are too long, or too short for a number, end the
/// connection.
///
/// The client holds one connection at most, and makes one attempt at a time, while requests wait. A
/// request that was begun to be sent is never sent again: it may have been executed. When its
/// connection ends it ends as lost, at once; requests that were not begun wait for the next one.
///
/// A handler runs once for each request, on the event loop: never inside request(), close() or the
/// destructor. It may call request() and close(), and it may destroy the client. Destroying a
/// client closes it. A closed client leaves no work on the event loop but those handlers; its
/// requests, old and new, end as lost.
namespace octet::sockets {

/// How long to wait before connecting again after failed attempt 1, 2, 3, ... A connection that
/// ends before the server answered anything on it is a failed attempt too; only an answer sets the
/// counter back.
struct BackoffConfig {
  Clock::duration base = std::chrono::milliseconds(50);
  Clock::duration cap = std::chrono::seconds(5);  // no delay is longer
};

/// The interval, both ends included, from which a delay is drawn. How much of it is chance is your
/// choice, within this: zero <= min < max <= cap; max - min is at least a tenth of max, for less
/// spreads nobody; after the first failure max is between base and four times base; with each
/// further failure it at least doubles, until it is the cap. It depends on nothing but the
/// configuration and the number of failures; the same seed gives the same delays.
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

  /// If set, hears of attempts, failures and pauses in words, for people to watch. Nobody grades
  /// it.
  std::function<void(const std::string&)> tell = {};
};

}  // namespace octet::sockets
