#include <algorithm>

#include "replica.h"

namespace octet::followers {

void Replica::on(const Read& read, Context& ctx) {
  if (answer(read, ctx)) return;
  if (reads_.size() >= config_.most_waiting) return ctx.emit(Busy{read.number});
  reads_.push_back(read);
}

void Replica::serve_reads(Context& ctx) {
  std::erase_if(reads_, [&](const Read& read) { return answer(read, ctx); });
}

/// False when it has to wait.
bool Replica::answer(const Read& read, Context& ctx) const {
  const Shows shows = this->shows(read.seen);
  if (shows == Shows::not_yet) return false;
  if (shows == Shows::never) {
    ctx.emit(Lost{read.number});
  } else {
    ctx.emit(Value{read.number, values_.get(read.key), log_.place(values_.applied())});
  }
  return true;
}

/// Epochs never decrease along a log. So an entry of a later epoch, in the token's place or before,
/// proves that what the token has seen is not there; and a leader's first entry comes to prove that
/// or the opposite. One of an earlier epoch in the token's place proves nothing: with durable_on 1
/// the replica may have applied it alone, and not have heard of its end (LF7).
Replica::Shows Replica::shows(Token seen) const {
  const Index place = std::min(seen.index, values_.applied());
  if (seen.epoch < log_.epoch_at(place)) return Shows::never;
  return log_.place(place) == seen ? Shows::all : Shows::not_yet;
}

}  // namespace octet::followers
