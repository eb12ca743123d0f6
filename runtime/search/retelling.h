#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "runtime/search/catalogue.h"
#include "runtime/search/handler.h"
#include "runtime/search/in_flight.h"
#include "runtime/search/model.h"
#include "runtime/search/step.h"
#include "runtime/trace/event.h"

namespace octet::search {

/// Takes the steps of a run once more and writes down all that happens, as the simulator does. A
/// second stands for a step.
class Retelling {
 public:
  explicit Retelling(const Model& model);

  /// The step follows the one before, as the search took it.
  void take(const Step& step);

  /// Writes down what is on the disks, when there is anything.
  void show_disks();

  Duration now() const { return std::chrono::seconds(steps_); }
  const trace::Events& events() const { return events_; }

  /// Numbers of events, from 1: crashes, losses and duplicates; and what the last step is about: a
  /// handler, its failure, a crash or a loss.
  const std::vector<std::uint64_t>& faults() const { return faults_; }
  std::uint64_t last_step() const { return last_step_; }

 private:
  using Kind = trace::Event::Kind;

  std::uint64_t begin(const Step& step);
  void handle(const Step& step);
  void perform(const AnyEffect& effect, NodeId id, std::uint64_t cause);
  void send(trace::Event event, Id message);
  void keep(Run& run, Host& host, std::uint64_t handler);
  void crash(const Step& step, const Run& run);

  std::uint64_t arriving(const Step& step);
  Event happening(const Step& step);
  Id message_of(const Step& step);
  Host& host(NodeId id) { return hosts_[catalogue_.place_of(id)]; }
  const AnyNode* node(NodeId id) const { return showing_[catalogue_.place_of(id)].get(); }

  std::uint64_t record(trace::Event event);
  void record_fault(trace::Event event) { faults_.push_back(record(std::move(event))); }

  Catalogue catalogue_;
  std::vector<Host> hosts_;                        // by place
  std::vector<std::unique_ptr<AnyNode>> showing_;  // by place: tells what bytes are
  NumbersInFlight in_flight_;
  std::int64_t steps_ = 0;
  std::uint64_t last_step_ = 0;
  trace::Events events_;
  std::vector<std::uint64_t> faults_;
};

}  // namespace octet::search
