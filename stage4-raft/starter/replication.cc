#include "raft.h"
#include "runtime/check.h"

namespace octet::raft {

void Raft::on(const Propose& proposal, Context& ctx) {
  YOUR_CODE_HERE;
}

void Raft::on(const HeartbeatDue& timer, Context& ctx) {
  YOUR_CODE_HERE;
}

void Raft::on(const AppendEntries& request, NodeId leader, Context& ctx) {
  YOUR_CODE_HERE;
}

void Raft::on(const AppendReply& reply, NodeId follower, Context& ctx) {
  YOUR_CODE_HERE;
}

}  // namespace octet::raft
