#include "replica.h"
#include "runtime/check.h"

namespace octet::followers {

void Replica::on(const Submit& submit, Context& ctx) {
  YOUR_CODE_HERE;
}

void Replica::on(const Replicate& request, NodeId leader, Context& ctx) {
  YOUR_CODE_HERE;
}

void Replica::on(const Replicated& reply, NodeId follower, Context& ctx) {
  YOUR_CODE_HERE;
}

}  // namespace octet::followers
