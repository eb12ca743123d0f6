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

/// Epochs never decrease along a log. So an entry of a later epoch before the token's place proves
/// that what the token has seen is not there, and a leader's first entry always comes to prove it
/// or the opposite (LF7).
Replica::Shows Replica::shows(Token seen) const {
  const Index applied = values_.applied();
  if (seen.index <= applied) return log_.has(seen) ? Shows::all : Shows::never;
  return log_.epoch_at(applied) > seen.epoch ? Shows::never : Shows::not_yet;
}

}  // namespace octet::followers
