#include "leader.h"

#include <variant>

namespace octet::leaders {

void Leader::start(std::span<const Protocol::Record> recovered, Context& ctx) {
  for (const Protocol::Record& record : recovered) take(std::get<Update>(record));
  on(TalkDue{}, ctx);
}

/// What the update comes after is settled here and now: later this leader will know more.
void Leader::write_down(const Input& write, Context& ctx) {
  const Update update{.origin = ctx.id(),
                      .number = log_.count(ctx.id()) + 1,
                      .time = values_.latest() + 1,
                      .after = config_.causal ? log_.known() : Known{},
                      .write = write};
  take(update);
  ctx.persist(update);
  tell_all_but(ctx.id(), {.updates = {update}}, ctx);
}

void Leader::on(const TalkDue&, Context& ctx) {
  for (const NodeId neighbour : config_.neighbours) ctx.send(neighbour, Have{log_.known()});
  ctx.set_timer(TalkDue{}, config_.interval);
}

void Leader::on(const Have& theirs, NodeId neighbour, Context& ctx) {
  Updates lacking = log_.lacking(theirs.known, most_updates);
  if (!lacking.updates.empty()) ctx.send(neighbour, std::move(lacking));
}

void Leader::on(const Updates& message, NodeId neighbour, Context& ctx) {
  Updates news;
  for (const Update& update : message.updates) {
    if (!take(update)) continue;
    ctx.persist(update);
    news.updates.push_back(update);
  }
  if (news.updates.empty()) return;
  tell_all_but(neighbour, news, ctx);
  if (message.more) ctx.send(neighbour, Have{log_.known()});
}

/// What comes too early is not kept. The neighbour hears that it is not there, and sends it again
/// behind what is missing.
bool Leader::take(const Update& update) {
  if (!log_.can_take(update)) return false;
  log_.take(update);
  values_.apply(update);
  return true;
}

void Leader::tell_all_but(NodeId neighbour, const Updates& news, Context& ctx) const {
  for (const NodeId each : config_.neighbours) {
    if (each != neighbour) ctx.send(each, news);
  }
}

}  // namespace octet::leaders
