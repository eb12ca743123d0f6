#include "graders/dsl/net/idle.h"

#include <algorithm>

#include "graders/dsl/net/tcp_table.h"

namespace octet::grading {

namespace {

// How many samples say whether a server ticks, and how many of them may find it awake.
constexpr int batch = 250;
constexpr int awake_of_batch = batch / 10;

}  // namespace

IdleWatch::IdleWatch(pid_t pid, std::uint16_t port, std::chrono::milliseconds window)
    : pid_(pid), port_(port), window_(window), asleep_since_(std::chrono::steady_clock::now()) {}

bool IdleWatch::sample() {
  if (!slept_on()) return false;
  if (std::chrono::steady_clock::now() - asleep_since_ < window_) return false;
  // The order matters: what arrives after the first look has woken a thread before the second.
  return !something_will_wake_it() && slept_on();
}

bool IdleWatch::slept_on() {
  std::vector<ThreadState> threads = threads_of(pid_);
  const bool asleep = std::all_of(threads.begin(), threads.end(),
                                  [](const ThreadState& thread) { return thread.state == 'S'; });
  const bool same = threads == threads_;
  threads_ = std::move(threads);
  count(asleep);
  if (!asleep || !same) asleep_since_ = std::chrono::steady_clock::now();
  return asleep && same;
}

void IdleWatch::count(bool asleep) {
  asleep_ += asleep ? 1 : 0;
  if (++samples_ < batch) return;
  is_ticking_ = asleep_ >= batch - awake_of_batch;
  samples_ = asleep_ = 0;
}

bool IdleWatch::something_will_wake_it() const {
  if (timer_due(pid_, soon)) return true;
  if (port_ == 0) return false;
  const std::vector<TcpEnd> table = tcp_table();
  return std::any_of(table.begin(), table.end(), [&](const TcpEnd& end) {
    const bool ours = end.local_port == port_ || end.remote_port == port_;
    return ours && something_under_way(end);
  });
}

}  // namespace octet::grading
