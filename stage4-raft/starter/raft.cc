#include "raft.h"

#include "runtime/check.h"

namespace octet::raft {

void Raft::start(std::span<const Protocol::Record> recovered, Context& ctx) {
  YOUR_CODE_HERE;
}

View Raft::view() const {
  return {.role = role_,
          .term = current_term_,
          .voted_for = voted_for_,
          .first = Index{1},
          .log = log_.all(),
          .commit_index = commit_index_};
}

}  // namespace octet::raft
