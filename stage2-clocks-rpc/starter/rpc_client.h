#pragma once

#include <span>
#include <variant>

#include "rpc_server.h"
#include "stage2-clocks-rpc/api/rpc.h"

namespace octet::rpc {

struct RetryDue {};

struct GiveUpDue {};

/// On disk: what a client has to know when it starts again.
struct Remembered {};

struct ClientProtocol : ProtocolDefaults {
  using Message = rpc::Message;
  using Timer = std::variant<RetryDue, GiveUpDue>;
  using Input = ClientInput;
  using Output = ClientOutput;
  using Record = std::variant<Remembered>;
};

/// Asks for each call until a reply comes or the time is up, and tells its application how the call
/// ended, once. A call that has ended is not asked for again.
class Client {
 public:
  using Protocol = ClientProtocol;
  using Context = octet::Context<Protocol>;

  /// What you would like to see in traces. Graders do not look at it.
  struct View {};

  explicit Client(ClientConfig config);

  /// `recovered` is what earlier lives of this client have persisted; nothing in its first.
  void start(std::span<const Protocol::Record> recovered, Context& ctx);

  /// A new call, also when its tag or body have been there before.
  void on(const Call& call, Context& ctx);
  void on(const Request& request, NodeId from, Context& ctx);  // nobody sends one to a client

  /// A reply, perhaps again, too late, or to a call of an earlier life.
  void on(const Reply& reply, NodeId from, Context& ctx);

  void on(const RetryDue& timer, Context& ctx);
  void on(const GiveUpDue& timer, Context& ctx);

  View view() const { return {}; }
  bool operator==(const Client&) const = default;
  template <class Archive>
  void serialize(Archive& archive) {
    // All your members, as in archive(one_, other_).
  }

 private:
  // Your members.
};

}  // namespace octet::rpc
