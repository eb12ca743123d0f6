#include "store.h"

#include <algorithm>

namespace octet::kv {
namespace {

/// Does an operation to the value of its key.
struct Executed {
  std::string& stored;

  Result operator()(const Get&) const { return Value{stored}; }
  Result operator()(const Put& put) const {
    stored = put.value;
    return Stored{};
  }
  Result operator()(const Append& append) const {
    stored += append.value;
    return Stored{};
  }
  Result operator()(const Cas& cas) const {
    const bool swaps = stored == cas.expected;
    if (swaps) stored = cas.value;
    return Swapped{swaps};
  }
};

}  // namespace

std::optional<Result> Store::apply(const Request& request) {
  Session& session = sessions_[request.id.client];
  if (request.id.life < session.life) return std::nullopt;
  if (request.id.life > session.life) session = {.life = request.id.life};
  session.first_open = std::max(session.first_open, request.first_open);
  session.answers.erase(session.answers.begin(), session.answers.lower_bound(session.first_open));
  if (request.id.sequence < session.first_open) return std::nullopt;
  const auto known = session.answers.find(request.id.sequence);
  if (known != session.answers.end()) return known->second;
  return session.answers[request.id.sequence] = execute(request.operation);
}

std::optional<Result> Store::answer_to(const CallId& id) const {
  const auto session = sessions_.find(id.client);
  if (session == sessions_.end() || session->second.life != id.life) return std::nullopt;
  const auto answer = session->second.answers.find(id.sequence);
  if (answer == session->second.answers.end()) return std::nullopt;
  return answer->second;
}

Value Store::get(const std::string& key) const {
  const auto place = values_.find(key);
  return place == values_.end() ? Value{} : Value{place->second};
}

Result Store::execute(const Operation& operation) {
  const std::string& key = std::visit(
      [](const auto& any) -> auto& { return any.key; }, operation);
  const auto place = values_.try_emplace(key).first;
  Result result = std::visit(Executed{place->second}, operation);
  if (place->second.empty()) values_.erase(place);  // as if nobody had written it
  return result;
}

}  // namespace octet::kv
