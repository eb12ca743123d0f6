#include "kv_server.h"
#include "runtime/inside.h"

/// Reads without an entry in the log (dissertation, §6.4): Raft says how much of the log they have
/// to see, and they are answered when the store has come so far.
namespace octet::kv {
namespace {

/// Raft may never answer. Those who ask do so again.
constexpr std::size_t most_asked = 10'000;

}  // namespace

void KvServer::read(const CallId& id, const std::string& key, ServerContext& ctx) {
  asked_[++last_read_] = {id, key};
  if (asked_.size() > most_asked) asked_.erase(asked_.begin());
  act_upon(octet::inside(raft_, ctx, raft::Input(raft::Read{last_read_})), ctx);
}

void KvServer::act_upon(const raft::ReadAt& read, ServerContext&) {
  if (auto asked = asked_.extract(read.number)) {
    to_be_applied_.emplace(read.index, std::move(asked.mapped()));
  }
}

void KvServer::act_upon(const raft::NoRead& refused, ServerContext& ctx) {
  if (const auto asked = asked_.extract(refused.number)) {
    const CallId& id = asked.mapped().id;
    ctx.send(id.client, Redirect{id, refused.leader});
  }
}

void KvServer::answer_reads(ServerContext& ctx) {
  const auto end = to_be_applied_.upper_bound(raft_.view().commit_index);
  for (auto read = to_be_applied_.begin(); read != end; ++read) {
    const auto& [id, key] = read->second;
    ctx.send(id.client, Reply{id, store_.get(key)});
  }
  to_be_applied_.erase(to_be_applied_.begin(), end);
}

}  // namespace octet::kv
