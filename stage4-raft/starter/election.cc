#include "raft.h"
#include "runtime/check.h"

namespace octet::raft {

void Raft::on(const ElectionTimeout& timer, Context& ctx) {
  YOUR_CODE_HERE;
}

void Raft::on(const RequestVote& request, NodeId candidate, Context& ctx) {
  YOUR_CODE_HERE;
}

void Raft::on(const Vote& vote, NodeId voter, Context& ctx) {
  YOUR_CODE_HERE;
}

}  // namespace octet::raft
