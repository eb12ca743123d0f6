#include "graders/stage2-clocks-rpc/consumers.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "graders/dsl/graded_test.h"
#include "stage2-clocks-rpc/api/solution.h"

namespace octet::queue {
namespace {

using namespace std::chrono_literals;

/// Longer than a write takes, and nothing beside the time that a delivery has.
constexpr Duration moment = 5ms;

std::string quoted(const std::string& body) {
  return body.size() > 40 ? fmt::format("{} bytes", body.size()) : fmt::format("\"{}\"", body);
}

}  // namespace

Consumers::Consumers(sim::World& world, std::uint32_t most_deliveries) : world_(world) {
  const Config config{.visible_after = visible_after, .most_deliveries = most_deliveries};
  world.add(id, [config] { return make_queue(config); });
  world.listen<Output>(id, [this](const Output& output) {
    std::visit([this](const auto& content) { hear(content); }, output);
  });
}

void Consumers::ask(const Input& input) {
  world_.input(id, input);
  world_.run_for(moment);
}

bool Consumers::enqueue(const std::string& body) {
  const std::uint64_t tag = ++last_tag_;
  ask(Enqueue{tag, body});
  if (accepted_.contains(tag)) return true;
  if (world_.is_up(id)) {
    world_.fail("an Enqueue is answered",
                fmt::format("{} was enqueued and not accepted (Q1)", quoted(body)));
  }
  return false;
}

std::optional<Delivery> Consumers::receive() {
  const std::uint64_t tag = ++last_tag_;
  ask(Receive{tag});
  const auto answer = answered_.find(tag);
  if (answer != answered_.end()) return answer->second;
  if (world_.is_up(id)) world_.fail("a Receive is answered", "a Receive got no answer (Q2)");
  return std::nullopt;
}

void Consumers::acknowledge(std::uint64_t receipt) {
  ask(Acknowledge{receipt});
}

void Consumers::hear(const Delivery& delivery) {
  if (!receipts_.insert(delivery.receipt).second) {
    world_.fail("receipts differ",
                fmt::format("receipt {} was given twice (Q3)", delivery.receipt));
  }
  answer(delivery.tag, delivery);
}

void Consumers::hear(const Empty& empty) {
  answer(empty.tag, std::nullopt);
}

void Consumers::answer(std::uint64_t tag, std::optional<Delivery> delivery) {
  ++answers_;
  if (answered_.emplace(tag, std::move(delivery)).second) return;
  world_.fail("one answer each", fmt::format("the Receive with tag {} is answered again", tag));
}

Delivery Consumers::expect_delivery(const std::string& body, const std::string& why) {
  const auto delivery = receive();
  if (delivery && delivery->body == body) return *delivery;
  world_.fail("what is delivered",
              fmt::format("a Receive gets {}, but should get {}: {}",
                          delivery ? quoted(delivery->body) : "nothing", quoted(body), why));
  return {};
}

void Consumers::expect_nothing(const std::string& why) {
  const auto delivery = receive();
  if (!delivery) return;
  world_.fail("what is out of sight", fmt::format("a Receive gets {}, but should get nothing: {}",
                                                  quoted(delivery->body), why));
}

void Consumers::expect_dead(const std::vector<std::string>& bodies, const std::string& why) {
  if (dead_ == bodies) return;
  world_.fail("what is dead", fmt::format("dead are {}, but should be {}: {}", dead_, bodies, why));
}

void Consumers::restart() {
  world_.run_for(moment);
  world_.crash(id).restart(id);
}

}  // namespace octet::queue
