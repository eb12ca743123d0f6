#include "raft.h"
#include "runtime/check.h"

namespace octet::raft {

void Raft::on(const Read& read, Context& ctx) {
  YOUR_CODE_HERE;
}

}  // namespace octet::raft
