#include "shard_state.h"

namespace octet::shards {
namespace {

/// What an operation does to the value.
struct Change {
  KeyState& state;

  void operator()(const Get&) const {}
  void operator()(const Put& put) const {
    state.value = put.value;
    state.expires = put.expires;
  }
  void operator()(const Append& append) const {
    state.value = state.value.value_or("") + append.value;
  }
  void operator()(const Delete&) const {
    state.value.reset();
    state.expires.reset();
  }
};

bool has_expired(const KeyState& state, WallTime now) {
  return state.expires && *state.expires <= now;
}

}  // namespace

Found read(const KeyState& state, WallTime now) {
  return {has_expired(state, now) ? std::nullopt : state.value, state.version};
}

std::optional<Written> answer_to(const KeyState& state, RequestId id) {
  const auto answer = state.answers.find(id.client);
  if (answer == state.answers.end() || answer->second.number < id.number) return std::nullopt;
  return answer->second.written;
}

Written write(KeyState& state, const Request& request, WallTime now) {
  if (has_expired(state, now)) Change{state}(Delete{});
  std::visit(Change{state}, request.operation);
  const Written written{++state.version};
  state.answers[request.id.client] = {request.id.number, written};
  return written;
}

const std::string& key_of(const Operation& operation) {
  return std::visit([](const auto& content) -> const std::string& { return content.key; },
                    operation);
}

}  // namespace octet::shards
