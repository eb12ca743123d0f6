#include "raft.h"
#include "runtime/check.h"

// Part 4g, a challenge. What the server that is to lead must be told is yours to declare.
namespace octet::raft {

void Raft::on(const Transfer& wish, Context& ctx) {
  YOUR_CODE_HERE;
}

}  // namespace octet::raft
