#include "raft.h"

namespace octet::raft {

void Raft::on(const Read& read, Context& ctx) {
  ctx.emit(NoRead{read.number, leader_});
}

}  // namespace octet::raft
