#pragma once

#include <cstdint>
#include <span>
#include <variant>

#include "kv_messages.h"

namespace octet::kv {

/// A call has had no answer for a while.
struct RetryDue {
  std::uint64_t number = 0;
};

/// The lists are a proposal, but for Input and Output. Records are what a client must know after a
/// crash.
struct ClientProtocol : ProtocolDefaults {
  using Message = std::variant<Request, Reply, Redirect>;
  using Timer = std::variant<RetryDue>;
  using Input = ClientInput;
  using Output = ClientOutput;
};
using ClientContext = octet::Context<ClientProtocol>;

/// A client of the store. It asks a server, and again, maybe another one, for as long as there is
/// no answer.
class KvClient {
 public:
  using Protocol = ClientProtocol;
  struct View {};

  explicit KvClient(const ClientConfig& config) : config_(config) {}

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
    archive(config_.retry);  // and all that you add
  }

 private:
  ClientConfig config_;
  // Your members.
};

}  // namespace octet::kv
