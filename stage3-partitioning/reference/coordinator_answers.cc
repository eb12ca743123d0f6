#include <iterator>
#include <utility>

#include "store_node.h"

/// What a coordinator makes of the answers of copies (§4.5).
namespace octet::store {

/// Null when it has ended, or was another life's.
Pending* StoreNode::find(const RequestId& id) {
  const auto request = pending_.find(id.number);
  return id.life == life_ && request != pending_.end() ? &request->second : nullptr;
}

void StoreNode::on(const CopyRead& answer, NodeId node, Context& ctx) {
  Pending* request = find(answer.id);
  if (request == nullptr || request->step == Pending::Step::storing) return;
  request->copy.merge(answer.copy);
  if (!answer.stand_in) request->answers[answer.slot] = answer.copy;
  if (request->step == Pending::Step::repairing) return repair(answer.id.number, ctx);
  request->quorum.add(answer.slot, node);
  if (request->quorum.size() >= wanted(*request)) have_read(answer.id.number, ctx);
}

void StoreNode::have_read(std::uint64_t number, Context& ctx) {
  const Pending& request = pending_.at(number);
  if (request.write) return make_version(number, ctx);
  if (!request.session.allows(request.key, request.copy)) return;  // other copies may know more
  if (!may_be_shown(request)) return store(number, ctx);
  succeed(number, ctx);
}

/// A version is made once, and sent to all copies. So it does not matter how often it is sent, nor
/// to whom: a write takes effect once.
void StoreNode::make_version(std::uint64_t number, Context& ctx) {
  Pending& request = pending_.at(number);
  Author& author = author_of(request.key, ctx);
  author.knows.merge(request.copy);
  if (request.reads_before_it_writes()) request.write->context = author.knows.seen();
  const bool is_causal = request.level == Level::causal;
  const VersionVector& context = request.write->context;
  const Dot dot = author.knows.write(context, author.actor, request.write->value,
                                     is_causal ? text_of(request.session) : "");
  request.session.write(request.key, context, dot);
  request.copy = author.knows;
  store(number, ctx);
}

StoreNode::Author& StoreNode::author_of(const std::string& key, Context& ctx) {
  constexpr std::size_t most_authors = 10'000;
  constexpr std::uint64_t any = std::uint64_t{1} << 63;
  const auto [place, is_new] = authors_.try_emplace(key);
  if (!is_new) return place->second;
  place->second.actor = ctx.choose(any);
  if (authors_.size() > most_authors) {
    // Any other one may go. With new keys it is not always the same one.
    const auto next = std::next(place);
    authors_.erase(next == authors_.end() ? authors_.begin() : next);
  }
  return place->second;
}

/// As many copies as are wanted shall have this on disk.
void StoreNode::store(std::uint64_t number, Context& ctx) {
  Pending& request = pending_.at(number);
  request.step = Pending::Step::storing;
  request.quorum = {};
  request.attempts = 0;
  ask_all(number, ctx);
}

void StoreNode::on(const CopyStored& answer, NodeId node, Context& ctx) {
  Pending* request = find(answer.id);
  if (request == nullptr || request->step != Pending::Step::storing) return;
  request->quorum.add(answer.slot, node);
  if (request->quorum.size() >= wanted(*request)) succeed(answer.id.number, ctx);
}

/// A write has ended. A read goes on without its application, for the copies that answer late.
void StoreNode::succeed(std::uint64_t number, Context& ctx) {
  Pending& request = pending_.at(number);
  if (request.write) return end(number, Stored{number, text_of(request.session)}, ctx);
  request.session.see(request.key, request.copy);
  ctx.emit(Got{number, request.shown(), text_of(request.copy.seen()), text_of(request.session)});
  ctx.cancel_timer(RetryDue{number});
  request.step = Pending::Step::repairing;
  repair(number, ctx);
}

/// Until all copies have answered, or it is too late.
void StoreNode::repair(std::uint64_t number, Context& ctx) {
  Pending& request = pending_.at(number);
  repair_copies(request, ctx);
  if (request.answers.size() < shelf_.map().copies) return;
  ctx.cancel_timer(PatienceIsOver{number});
  pending_.erase(number);
}

}  // namespace octet::store
