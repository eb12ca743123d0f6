#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "kv_messages.h"
#include "raft.h"
#include "store.h"

namespace octet::kv {

struct ServerProtocol : ProtocolDefaults {
  using Message = std::variant<Request, Reply, Redirect, raft::Protocol::Message>;
  using Timer = std::variant<raft::Protocol::Timer>;
  using Record = std::variant<raft::Protocol::Record>;
};
using ServerContext = octet::Context<ServerProtocol>;

/// A server of the store: a server of Raft, and the state machine that its log leads to. All that a
/// crash must not take is Raft's.
class KvServer {
 public:
  using Protocol = ServerProtocol;
  using View = kv::View;

  explicit KvServer(const raft::Config& config) : how_to_read_(config.reads), raft_(config) {}

  void start(std::span<const Protocol::Record> recovered, ServerContext& ctx);

  void on(const Request& request, NodeId client, ServerContext& ctx);
  void on(const raft::Protocol::Message& message, NodeId server, ServerContext& ctx);
  void on(const raft::Protocol::Timer& timer, ServerContext& ctx);

  // What clients get.
  void on(const Reply&, NodeId, ServerContext&) {}
  void on(const Redirect&, NodeId, ServerContext&) {}

  View view() const;
  bool operator==(const KvServer&) const = default;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(raft_, store_, last_read_, asked_, to_be_applied_);
  }

 private:
  /// A Get that does not go through the log.
  struct PendingRead {
    CallId id;
    std::string key;
    bool operator==(const PendingRead&) const = default;
  };

  void propose(const Request& request, ServerContext& ctx);
  void read(const CallId& id, const std::string& key, ServerContext& ctx);
  void act_upon(const std::vector<raft::Output>& told, ServerContext& ctx);
  void act_upon(const raft::Committed& committed, ServerContext& ctx);
  void act_upon(const raft::NotLeader& refused, ServerContext& ctx);
  void act_upon(const raft::ReadAt& read, ServerContext& ctx);
  void act_upon(const raft::NoRead& refused, ServerContext& ctx);
  void answer_reads(ServerContext& ctx);

  raft::Reads how_to_read_;
  raft::Raft raft_;
  Store store_;
  std::uint64_t last_read_ = 0;
  std::map<std::uint64_t, PendingRead> asked_;       // by number: Raft is to say where to read
  std::multimap<Index, PendingRead> to_be_applied_;  // what they read is on its way
};

}  // namespace octet::kv
