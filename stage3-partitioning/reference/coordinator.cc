#include <utility>

#include "store_node.h"

/// How a node answers requests, by asking those that have copies (§4.5).
namespace octet::store {
namespace {

/// Who asks below or above the causal level has seen nothing that matters.
template <class Asked>
std::optional<Session> session_in(const Asked& asked) {
  return asked.level == Level::causal ? session_of(asked.session) : Session();
}

}  // namespace

void StoreNode::on(const Get& get, Context& ctx) {
  const auto session = session_in(get);
  if (!session) return ctx.emit(Failed{get.number});
  begin(get.number, {.key = get.key, .level = get.level, .session = *session}, ctx);
}

void StoreNode::on(const Put& put, Context& ctx) {
  begin_write(put, put.value, ctx);
}

void StoreNode::on(const Delete& del, Context& ctx) {
  begin_write(del, std::nullopt, ctx);
}

template <class Asked>
void StoreNode::begin_write(const Asked& asked, std::optional<std::string> value, Context& ctx) {
  const auto context = context_of(asked.context);
  const auto session = session_in(asked);
  if (!context || !session) return ctx.emit(Failed{asked.number});
  Write write{std::move(value), *context};
  begin(asked.number, {asked.key, asked.level, *session, std::move(write)}, ctx);
}

void StoreNode::begin(std::uint64_t number, Pending request, Context& ctx) {
  const Pending& begun = pending_[number] = std::move(request);
  ctx.set_timer(PatienceIsOver{number}, config_.patience);
  if (begun.write && !begun.reads_before_it_writes()) return make_version(number, ctx);
  ask_all(number, ctx);
}

void StoreNode::ask_all(std::uint64_t number, Context& ctx) {
  ctx.set_timer(RetryDue{number}, config_.retry);
  const Pending::Step step = pending_.at(number).step;
  for (const Target& target : targets(pending_.at(number), ctx.id())) {
    ask(target, number, ctx);
    // This node's own answer may have been what was waited for.
    const auto request = pending_.find(number);
    if (request == pending_.end() || request->second.step != step) return;
  }
}

void StoreNode::ask(const Target& target, std::uint64_t number, Context& ctx) {
  const RequestId id{life_, number};
  const Pending& request = pending_.at(number);
  const auto& [node, slot, stand_in] = target;
  if (request.step == Pending::Step::reading) {
    tell(node, ReadCopy{id, slot, request.key, stand_in}, ctx);
  } else {
    tell(node, StoreCopy{id, slot, request.key, request.copy, stand_in}, ctx);
  }
}

void StoreNode::end(std::uint64_t number, const Output& how, Context& ctx) {
  ctx.emit(how);
  ctx.cancel_timer(RetryDue{number});
  ctx.cancel_timer(PatienceIsOver{number});
  pending_.erase(number);
}

void StoreNode::on(const RetryDue& timer, Context& ctx) {
  ++pending_.at(timer.number).attempts;
  ask_all(timer.number, ctx);
}

void StoreNode::on(const PatienceIsOver& timer, Context& ctx) {
  const std::uint64_t number = timer.number;
  const Pending& request = pending_.at(number);
  if (request.step == Pending::Step::repairing) {
    pending_.erase(number);
  } else if (request.write && request.step == Pending::Step::storing) {
    end(number, Unknown{number}, ctx);  // some copies may have it
  } else {
    end(number, Failed{number}, ctx);
  }
}

}  // namespace octet::store
