#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <variant>

#include "kv_messages.h"

namespace octet::kv {

/// A call has had no answer for a while.
struct RetryDue {
  std::uint64_t sequence = 0;
};

/// The client was started so many times.
struct Life {
  std::uint64_t number = 0;
};

struct ClientProtocol : ProtocolDefaults {
  using Message = std::variant<Request, Reply, Redirect>;
  using Timer = std::variant<RetryDue>;
  using Input = ClientInput;
  using Output = ClientOutput;
  using Record = std::variant<Life>;
};
using ClientContext = octet::Context<ClientProtocol>;

/// A client of the store. It asks the server that it takes for the leader, and again, with the same
/// number, for as long as there is no answer.
class KvClient {
 public:
  using Protocol = ClientProtocol;
  struct View {};

  explicit KvClient(const ClientConfig& config)
      : config_(config), leader_(config.servers.front()) {}

  void start(std::span<const Protocol::Record> recovered, ClientContext& ctx);

  void on(const Call& call, ClientContext& ctx);
  void on(const RetryDue& timer, ClientContext& ctx);
  void on(const Reply& reply, NodeId server, ClientContext& ctx);
  void on(const Redirect& redirect, NodeId server, ClientContext& ctx);

  // What servers get.
  void on(const Request&, NodeId, ClientContext&) {}

  View view() const { return {}; }
  bool operator==(const KvClient&) const = default;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(life_, last_, leader_, calls_);
  }

 private:
  struct OpenCall {
    std::uint64_t number = 0;  // the application's
    Operation operation = {};
    Time until = {};             // then it ends, with an answer or without
    NodeId asked = {};           // last
    bool is_redirected = false;  // since its last retry
    bool operator==(const OpenCall&) const = default;
  };

  void ask(std::uint64_t sequence, ClientContext& ctx);
  void end(std::uint64_t sequence, ClientOutput how, ClientContext& ctx);
  bool is_open(const CallId& id) const;
  NodeId next_after(NodeId server) const;

  ClientConfig config_;
  std::uint64_t life_ = 1;
  std::uint64_t last_ = 0;                   // of the sequence
  NodeId leader_;                            // as far as it knows
  std::map<std::uint64_t, OpenCall> calls_;  // by their place in the sequence
};

}  // namespace octet::kv
