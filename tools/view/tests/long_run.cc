#include "tools/view/tests/long_run.h"

#include <fmt/format.h>

#include <map>
#include <utility>

namespace octet::view {
namespace {

using namespace std::chrono_literals;
using trace::Event;
using trace::Trace;

class LongRun {
 public:
  Trace make(std::size_t count) {
    for (Duration at = 0ms; events_.size() < count; at += 50ms) {
      answer(at);
      round(at);
    }
    events_.resize(count);
    return {.title = "Long.Run",
            .world = "simulator",
            .seed = 4,
            .violation = "two leaders in one term",
            .witnesses = {count - 20},
            .nodes = {1, 2, 3, 4, 5},
            .clients = {1, 2, 3},
            .end = events_.back().at,
            .events = std::move(events_)};
  }

 private:
  void round(Duration at) {
    call(at);
    const std::uint64_t fire = add({.kind = Event::Kind::fire, .at = at, .node = 1});
    events_.back().name = "HeartbeatDue";
    events_.back().state = state("leader");
    ++index_;
    std::map<std::uint32_t, std::uint64_t> ids;
    for (const std::uint32_t peer : {2, 3, 4, 5}) {
      ids[peer] =
          send(1, peer, at, fire, "AppendEntries",
               fmt::format(R"({{"term":7,"prev_index":{},"prev_term":7,"entries":[{{"term":7,)"
                           R"("command":"put k{} v{}"}}],"commit":{}}})",
                           index_ - 1, index_ % 97, index_, index_ - 2));
    }
    std::uint32_t step = 0;
    for (const auto& [peer, id] : ids) {
      ++step;
      if ((index_ + peer) % 23 == 0) {
        add({.kind = Event::Kind::lose,
             .at = at + 1ms * step,
             .node = 1,
             .peer = peer,
             .id = id,
             .text = "the network lost it"});
        continue;
      }
      follow(peer, id,
             at + 1ms * step + Duration((index_ * 7919 + std::uint64_t{peer} * 104729) % 900'000));
    }
  }

  /// What the clients ask for takes some rounds; some of it has no result.
  void call(Duration at) {
    const auto client = static_cast<std::uint32_t>(index_ % 3 + 1);
    const std::uint64_t number = add({.kind = Event::Kind::call,
                                      .at = at,
                                      .node = client,
                                      .peer = 1,
                                      .id = index_,
                                      .name = "Put",
                                      .json = fmt::format(R"({{"key":"k{}"}})", index_ % 97)});
    add({.kind = Event::Kind::input, .at = at, .node = 1, .cause = number, .name = "Propose"});
    if (index_ % 100 == 0) return;
    due_.emplace(at + 10ms + index_ % 5 * 40ms, std::pair(NodeId(client), index_));
  }

  void answer(Duration until) {
    for (; !due_.empty() && due_.begin()->first <= until; due_.erase(due_.begin())) {
      const auto& [at, operation] = *due_.begin();
      const std::uint64_t told =
          add({.kind = Event::Kind::emit, .at = at, .node = 1, .name = "Committed"});
      add({.kind = Event::Kind::result,
           .at = at,
           .node = operation.first,
           .id = operation.second,
           .cause = told,
           .name = operation.second % 31 == 0 ? "failed" : "ok"});
    }
  }

  void follow(std::uint32_t peer, std::uint64_t id, Duration at) {
    const Event sent = events_[sent_.at(id) - 1];
    const std::uint64_t got = add({.kind = Event::Kind::deliver,
                                   .at = at,
                                   .node = peer,
                                   .peer = 1,
                                   .id = id,
                                   .name = sent.name,
                                   .json = sent.json});
    const std::string record = fmt::format(R"({{"index":{},"term":7}})", index_);
    events_.back().state = state("follower");
    add({.kind = Event::Kind::persist,
         .at = at,
         .node = peer,
         .cause = got,
         .name = "Entry",
         .json = record});
    add({.kind = Event::Kind::durable,
         .at = at + 500us,
         .node = peer,
         .name = "Entry",
         .json = record});
    const std::uint64_t answer =
        send(peer, 1, at + 500us, got, "Appended",
             fmt::format(R"({{"term":7,"success":true,"match":{}}})", index_));
    const Event& reply = events_[sent_.at(answer) - 1];
    add({.kind = Event::Kind::deliver,
         .at = at + 900us,
         .node = 1,
         .peer = peer,
         .id = answer,
         .name = reply.name,
         .json = reply.json,
         .state = state("leader")});
  }

  std::uint64_t send(std::uint32_t from, std::uint32_t to, Duration at, std::uint64_t cause,
                     const char* name, std::string json) {
    ++last_id_;
    sent_[last_id_] = add({.kind = Event::Kind::send,
                           .at = at,
                           .node = from,
                           .peer = to,
                           .id = last_id_,
                           .cause = cause,
                           .name = name,
                           .json = std::move(json)});
    return last_id_;
  }

  std::string state(const char* role) const {
    return fmt::format(
        R"({{"role":"{}","term":7,"voted_for":1,"leader":1,"commit":{},"applied":{},)"
        R"("log":{{"first":1,"last":{},"last_term":7}},"peers":[1,2,3,4,5]}})",
        role, index_ - 2, index_ - 3, index_);
  }

  std::uint64_t add(Event event) {
    events_.push_back(std::move(event));
    return events_.size();
  }

  trace::Events events_;
  std::map<std::uint64_t, std::uint64_t> sent_;
  std::multimap<Duration, std::pair<NodeId, std::uint64_t>> due_;  // results, and whose
  std::uint64_t last_id_ = 0;
  std::uint64_t index_ = 3;
};

}  // namespace

trace::Trace long_run(std::size_t events) {
  return LongRun().make(events);
}

}  // namespace octet::view
