#include "register.h"

#include <algorithm>
#include <utility>

namespace octet::sockets {
namespace {

constexpr RequestId no_request = 0;

void answer(RequestId request, std::string value, RegisterEffects& effects) {
  effects.to_clients.emplace_back(request, Answer{.available = true, .value = std::move(value)});
}

}  // namespace

Register::Register(RegisterConfig config) : config_(config) {}

void Register::read(RequestId request, RegisterEffects& effects) {
  if (may_act_alone()) return answer(request, held_.value, effects);
  waiting_[request] = {.what = Waiting::For::read};
  effects.to_peer.push_back(Ask{request});
}

void Register::write(RequestId request, std::string value, RegisterEffects& effects) {
  if (may_act_alone()) {
    held_ = {std::move(value), next_version()};
    return answer(request, {}, effects);
  }
  waiting_[request] = {.what = Waiting::For::version_for_write, .write = {std::move(value), {}}};
  effects.to_peer.push_back(Ask{request});
}

void Register::receive(const PeerMessage& message, RegisterEffects& effects) {
  std::visit([&](const auto& known) { on(known, effects); }, message);
}

void Register::on(const Ask& message, RegisterEffects& effects) {
  effects.to_peer.push_back(Tell{message.request, held_});
}

void Register::on(const Tell& message, RegisterEffects& effects) {
  adopt_if_newer(message.held);
  const auto found = waiting_.find(message.request);
  if (found == waiting_.end()) return;
  Waiting& waiting = found->second;

  if (waiting.what == Waiting::For::read) {
    answer(message.request, held_.value, effects);
    waiting_.erase(found);
  } else if (waiting.what == Waiting::For::version_for_write) {
    // Not adopted here yet: a reader of this copy must not see what the majority may never hold.
    waiting.what = Waiting::For::acceptance;
    waiting.write.version = next_version();
    effects.to_peer.push_back(Offer{message.request, waiting.write});
  }
}

void Register::on(const Offer& message, RegisterEffects& effects) {
  adopt_if_newer(message.held);
  // Accepted also when something newer is held: then the offered write took effect just before it.
  effects.to_peer.push_back(Accepted{message.request});
}

void Register::on(const Accepted& message, RegisterEffects& effects) {
  const auto found = waiting_.find(message.request);
  if (found == waiting_.end() || found->second.what != Waiting::For::acceptance) return;
  adopt_if_newer(found->second.write);
  answer(message.request, {}, effects);
  waiting_.erase(found);
}

void Register::peer_is_silent(RequestId request, RegisterEffects& effects) {
  auto found = waiting_.extract(request);
  if (found.empty()) return;
  if (config_.choice == Choice::consistency) {
    effects.to_clients.emplace_back(request, Answer{.available = false});
    return;
  }

  Waiting& waiting = found.mapped();
  if (waiting.what == Waiting::For::read) return answer(request, held_.value, effects);
  // An offered version may have reached the peer, so it stays the version of this write.
  if (waiting.what == Waiting::For::version_for_write) waiting.write.version = next_version();
  adopt_if_newer(waiting.write);
  answer(request, {}, effects);
}

void Register::exchange(RegisterEffects& effects) {
  effects.to_peer.push_back(Offer{no_request, held_});
}

bool Register::may_act_alone() const {
  return config_.choice == Choice::consistency && config_.votes > config_.peer_votes;
}

void Register::adopt_if_newer(const Versioned& other) {
  if (other.version > held_.version) held_ = other;
}

Version Register::next_version() {
  // Above every version given out before, accepted or not: two writes must never share one.
  last_counter_ = std::max(last_counter_, held_.version.counter) + 1;
  return {.counter = last_counter_, .writer = config_.id};
}

}  // namespace octet::sockets
