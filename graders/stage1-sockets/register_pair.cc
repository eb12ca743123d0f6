#include "graders/stage1-sockets/register_pair.h"

#include <utility>

#include "graders/dsl/graded_test.h"

namespace octet::sockets {

std::ostream& operator<<(std::ostream& out, const Answer& answer) {
  return answer.available ? out << "available, \"" << answer.value << '"' : out << "not available";
}

}  // namespace octet::sockets

namespace octet::grading {
namespace {

using namespace sockets;

// More than any correct exchange about one request takes, doubled messages included.
constexpr int most_deliveries = 1000;

std::string request_name(Side at, RequestId request) {
  return "request " + std::to_string(request) + " at the " + name(at);
}

std::string text(const Versioned& held) {
  return '"' + held.value + "\" of version " + std::to_string(held.version.counter) + " by " +
         std::to_string(held.version.writer);
}

std::string text(const Ask& ask) {
  return "Ask " + std::to_string(ask.request);
}
std::string text(const Tell& tell) {
  return "Tell " + std::to_string(tell.request) + ": " + text(tell.held);
}
std::string text(const Offer& offer) {
  return "Offer " + std::to_string(offer.request) + ": " + text(offer.held);
}
std::string text(const Accepted& accepted) {
  return "Accepted " + std::to_string(accepted.request);
}
std::string text(const PeerMessage& message) {
  return std::visit([](const auto& known) { return text(known); }, message);
}

}  // namespace

const char* name(Side side) {
  return side == Side::left ? "left" : "right";
}

RegisterPair::RegisterPair(Options options) : told_(options.told) {
  replicas_[0] = make_register({.id = options.left_id,
                                .choice = options.choice,
                                .votes = options.left_votes,
                                .peer_votes = options.right_votes});
  replicas_[1] = make_register({.id = options.right_id,
                                .choice = options.choice,
                                .votes = options.right_votes,
                                .peer_votes = options.left_votes});
  if (told_)
    tell(std::string(options.choice == Choice::consistency ? "consistency" : "availability") +
         ": the left has id " + std::to_string(options.left_id) + " and " +
         std::to_string(options.left_votes) + " of the votes, the right id " +
         std::to_string(options.right_id) + " and " + std::to_string(options.right_votes));
}

Answer RegisterPair::read(Side at) {
  return finish(at, begin_read(at), "read");
}

Answer RegisterPair::write(Side at, std::string value) {
  return finish(at, begin_write(at, std::move(value)), "write");
}

Answer RegisterPair::finish(Side at, RequestId request, const std::string& what) {
  if (!cut_) deliver_all();
  if (!answer(at, request)) {
    if (!cut_) {
      fail("every message was delivered, and the " + what + " at the " + name(at) +
           " is still not answered");
    }
    report_silence(at, request);
  }
  return *answer(at, request);
}

RequestId RegisterPair::begin_read(Side at) {
  const RequestId request = ++last_request_[static_cast<std::size_t>(at)];
  if (told_) tell(request_name(at, request) + ": read");
  RegisterEffects effects;
  replica(at).read(request, effects);
  carry_out(at, effects);
  return request;
}

RequestId RegisterPair::begin_write(Side at, std::string value) {
  const RequestId request = ++last_request_[static_cast<std::size_t>(at)];
  if (told_) tell(request_name(at, request) + ": write \"" + value + '"');
  RegisterEffects effects;
  replica(at).write(request, std::move(value), effects);
  carry_out(at, effects);
  return request;
}

std::optional<Answer> RegisterPair::answer(Side at, RequestId request) const {
  const auto& answers = answers_[static_cast<std::size_t>(at)];
  const auto found = answers.find(request);
  return found == answers.end() ? std::nullopt : std::optional(found->second);
}

void RegisterPair::report_silence(Side at, RequestId request) {
  if (told_) tell(request_name(at, request) + ": the peer is silent");
  RegisterEffects effects;
  replica(at).peer_is_silent(request, effects);
  carry_out(at, effects);
  if (!answer(at, request)) {
    fail("the " + std::string(name(at)) + " heard that its peer is silent about request " +
         std::to_string(request) + " and has not answered it");
  }
}

void RegisterPair::deliver(std::size_t index) {
  const InFlight arrived = in_flight_[index];
  in_flight_.erase(in_flight_.begin() + static_cast<std::ptrdiff_t>(index));
  if (told_) tell("the " + std::string(name(arrived.to)) + " receives " + text(arrived.message));
  RegisterEffects effects;
  replica(arrived.to).receive(arrived.message, effects);
  carry_out(arrived.to, effects);
}

void RegisterPair::deliver_again(std::size_t index) {
  in_flight_.push_back(in_flight_[index]);
  deliver(index);
}

void RegisterPair::deliver_all() {
  for (int delivered = 0; !in_flight_.empty(); ++delivered) {
    if (delivered == most_deliveries) fail("the replicas never stop sending to each other");
    deliver(0);
  }
}

void RegisterPair::deliver_shuffled(Random& random) {
  for (int delivered = 0; !in_flight_.empty(); ++delivered) {
    if (delivered == most_deliveries) fail("the replicas never stop sending to each other");
    const std::size_t index = random.below(in_flight_.size());
    if (random.below(4) == 0) {
      deliver_again(index);
    } else {
      deliver(index);
    }
  }
}

void RegisterPair::cut() {
  if (told_) tell("the network between them is cut");
  cut_ = true;
}

void RegisterPair::heal() {
  if (told_) tell("the network is whole again");
  cut_ = false;
}

void RegisterPair::exchange() {
  for (const Side side : {Side::left, Side::right}) {
    if (told_) tell("the " + std::string(name(side)) + " exchanges");
    RegisterEffects effects;
    replica(side).exchange(effects);
    carry_out(side, effects);
  }
}

Versioned RegisterPair::held(Side at) {
  // The test plays the peer: no client request of either side has this number.
  constexpr RequestId question = 1'000'000;
  RegisterEffects effects;
  replica(at).receive(Ask{question}, effects);
  for (const PeerMessage& message : effects.to_peer) {
    const auto* told = std::get_if<Tell>(&message);
    if (told && told->request == question) return told->held;
  }
  fail("the " + std::string(name(at)) + " does not answer Ask with Tell at once");
}

void RegisterPair::carry_out(Side from, const RegisterEffects& effects) {
  for (const PeerMessage& message : effects.to_peer) {
    if (cut_) {
      if (told_) tell("lost: " + text(message) + " of the " + name(from));
    } else {
      in_flight_.push_back({other(from), message});
    }
  }
  for (const auto& [request, answer] : effects.to_clients) record(from, request, answer);
}

void RegisterPair::record(Side from, RequestId request, const Answer& answer) {
  if (told_) tell(request_name(from, request) + " is answered: " + testing::PrintToString(answer));
  if (request == 0 || request > last_request_[static_cast<std::size_t>(from)]) {
    fail("the " + std::string(name(from)) + " answers request " + std::to_string(request) +
         ", which no client made there");
  }
  if (!answers_[static_cast<std::size_t>(from)].emplace(request, answer).second) {
    fail(request_name(from, request) + " is answered a second time");
  }
}

}  // namespace octet::grading
