#include "raft_log.h"

#include "runtime/check.h"

namespace octet::raft {

Term RaftLog::term_at(Index index) const {
  YOUR_CODE_HERE;
}

}  // namespace octet::raft
