#include "bench/stage4/load.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>
#include <string>
#include <vector>

#include "bench/interrupt.h"
#include "bench/samples.h"
#include "runtime/random.h"

namespace octet::bench {
namespace {

using namespace std::chrono_literals;

constexpr auto warm_up = 500ms;
constexpr auto patience = 30s;  // for an answer
constexpr auto pace = 10ms;     // between the puts of an impatient client
constexpr std::size_t puts_before_the_kill = 100;

class Puts {
 public:
  explicit Puts(Client& client) : client_(client) {}

  void send(std::size_t id) {
    client_.put(id, fmt::format("key:{:012}", random_.below(keys)), value_);
  }

 private:
  Client& client_;
  Random random_{1, "keys"};
  std::string value_ = std::string(value_bytes, 'v');
};

/// Answers count for the throughput when they come within the window, and latencies when their puts
/// were sent in it: a put that the end finds waiting would otherwise be a slow one that is missed.
class ClosedLoop {
 public:
  ClosedLoop(Store& store, int clients, Seconds duration)
      : store_(store),
        client_(store.connect(Store::Through::leader, std::min(clients, most_connections))),
        sent_(static_cast<std::size_t>(clients)),
        begin_(Clock::now() + warm_up),
        end_(begin_ + std::chrono::duration_cast<Clock::duration>(duration)) {}

  LoadResult run() {
    for (std::size_t id = 0; id < sent_.size(); ++id) send(id);
    while (under_way_ > 0) {
      stop_if_interrupted();
      const auto answer = client_->next(end_ + patience);
      if (!answer) throw std::runtime_error("a put gets no answer");
      take(*answer, Clock::now());
    }
    store_.check();
    return result();
  }

 private:
  void send(std::size_t id) {
    sent_[id] = Clock::now();
    puts_.send(id);
    ++under_way_;
  }

  void take(const Answer& answer, Clock::time_point now) {
    --under_way_;
    if (answer.error) {
      ++failed_;
      last_error_ = *answer.error;
      store_.check();
    } else {
      succeeded(sent_[answer.id], now);
    }
    if (now < end_) send(answer.id);
  }

  void succeeded(Clock::time_point sent, Clock::time_point now) {
    if (now >= begin_ && now < end_) ++answered_;
    if (sent < begin_) return;
    latencies_ms_.push_back(std::chrono::duration<double, std::milli>(now - sent).count());
  }

  LoadResult result() {
    if (latencies_ms_.empty()) throw std::runtime_error("no put succeeds: " + last_error_);
    std::sort(latencies_ms_.begin(), latencies_ms_.end());
    return {.puts_per_second = static_cast<double>(answered_) / Seconds(end_ - begin_).count(),
            .p50_ms = percentile(latencies_ms_, 0.5),
            .p99_ms = percentile(latencies_ms_, 0.99),
            .failed = failed_};
  }

  Store& store_;
  std::unique_ptr<Client> client_;
  Puts puts_{*client_};
  std::vector<Clock::time_point> sent_;  // by id
  const Clock::time_point begin_;
  const Clock::time_point end_;
  std::size_t under_way_ = 0;
  std::size_t answered_ = 0;
  std::size_t failed_ = 0;
  std::string last_error_ = "none was sent";
  std::vector<double> latencies_ms_;
};

/// Sends at its own pace. Those that were sent before the kill may have got their answers from the
/// dead, so only later ones show that the store is back.
class Impatient {
 public:
  explicit Impatient(Client& client) : client_(client), puts_(client) {}

  /// Until so many puts with this id or a later one have succeeded.
  void until_succeeded(std::size_t wanted, std::size_t first_id) {
    const auto give_up = Clock::now() + patience;
    while (wanted > 0) {
      stop_if_interrupted();
      if (Clock::now() > give_up) throw std::runtime_error("no put succeeds: " + last_error_);
      const auto answer = client_.next(next_at_);
      if (!answer) {
        send();
      } else if (answer->error) {
        last_error_ = *answer->error;
      } else if (answer->id >= first_id) {
        --wanted;
      }
    }
  }

  std::size_t next_id() const { return next_id_; }

 private:
  void send() {
    puts_.send(next_id_++);
    next_at_ = Clock::now() + pace;
  }

  Client& client_;
  Puts puts_;
  std::size_t next_id_ = 0;
  Clock::time_point next_at_ = Clock::now();
  std::string last_error_ = "no answer comes";
};

}  // namespace

LoadResult measure_load(Store& store, int clients, Seconds duration) {
  return ClosedLoop(store, clients, duration).run();
}

Seconds measure_outage(Store& store) {
  const auto client = store.connect(Store::Through::follower, 1);
  Impatient impatient(*client);
  impatient.until_succeeded(puts_before_the_kill, 0);
  store.check();
  const auto killed = Clock::now();
  store.kill_leader();
  impatient.until_succeeded(1, impatient.next_id());
  return Clock::now() - killed;
}

}  // namespace octet::bench
