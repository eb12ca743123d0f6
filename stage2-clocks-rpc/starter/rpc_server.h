#pragma once

#include <span>
#include <string>
#include <variant>

#include "stage2-clocks-rpc/api/rpc.h"

namespace octet::rpc {

// What travels between the two: yours to change, as long as both have the same list.

/// A call, as a client sends it. A server has to tell a new one from a copy of one that it knows.
struct Request {
  std::string body;
};

struct Reply {
  std::string result;
};

using Message = std::variant<Request, Reply>;

struct ServerProtocol : ProtocolDefaults {
  using Message = rpc::Message;
  using Input = ServerInput;
  using Output = ServerOutput;
};

/// Lets every call be executed at most once, and answers it as often as it comes. What it remembers
/// is bounded by the calls that clients still wait for; nothing that it forgets is executed again.
class Server {
 public:
  using Protocol = ServerProtocol;
  using Context = octet::Context<Protocol>;

  /// What you would like to see in traces. Graders do not look at it.
  struct View {};

  explicit Server(ServerConfig config);

  void start(std::span<const Protocol::Record> recovered, Context& ctx);

  /// A request, perhaps again: before, while or after it is executed, or much later. Must not be
  /// executed twice; each of its replies is the same.
  void on(const Request& request, NodeId from, Context& ctx);
  void on(const Reply& reply, NodeId from, Context& ctx);  // nobody sends one to a server

  /// The handler is done with that ticket. Whoever asked for it gets the reply.
  void on(const Executed& executed, Context& ctx);

  View view() const { return {}; }
  bool operator==(const Server&) const = default;
  template <class Archive>
  void serialize(Archive& archive) {
    // All your members, as in archive(one_, other_).
  }

 private:
  // Your members.
};

}  // namespace octet::rpc
