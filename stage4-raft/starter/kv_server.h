#pragma once

#include <span>
#include <variant>
#include <vector>

#include "kv_messages.h"
#include "raft.h"
#include "store.h"

namespace octet::kv {

/// The lists are a proposal.
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

  explicit KvServer(const raft::Config& config) : raft_(config) {}

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
    archive(raft_, store_);  // and all that you add
  }

 private:
  // What Raft tells must be acted upon: octet::inside returns it.
  using Told = std::vector<raft::Output>;
  void act_upon(const Told& told, ServerContext& ctx);

  raft::Raft raft_;
  Store store_;
  // Your members.
};

}  // namespace octet::kv
