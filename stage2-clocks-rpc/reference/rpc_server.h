#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "stage2-clocks-rpc/api/rpc.h"

namespace octet::rpc {

/// A call, as a client sends it, over and over. It is known by the client's node, its incarnation,
/// and its sequence number in that: Birrell and Nelson's call identifier.
struct Request {
  std::uint64_t incarnation = 0;  // how often the client has started; a later life has a larger one
  std::uint64_t sequence = 0;     // of the call in this incarnation, from 1
  std::vector<std::uint64_t> open = {};  // the calls that the client still waits for, this one too
  std::uint64_t newest = 0;  // no call up to here that is not open will be asked for again
  std::string body;
};

struct Reply {
  std::uint64_t incarnation = 0;
  std::uint64_t sequence = 0;
  std::string result;
};

using Message = std::variant<Request, Reply>;

struct ServerProtocol : ProtocolDefaults {
  using Message = rpc::Message;
  using Input = ServerInput;
  using Output = ServerOutput;
};

/// Lets every call be executed once, and answers it as often as it comes.
class Server {
 public:
  using Protocol = ServerProtocol;
  using Context = octet::Context<Protocol>;

  struct View {
    std::uint64_t executing = 0;
    std::uint64_t remembered = 0;  // calls that may come again
  };

  explicit Server(ServerConfig config);

  void start(std::span<const Protocol::Record> recovered, Context& ctx);
  void on(const Request& request, NodeId from, Context& ctx);
  void on(const Reply& reply, NodeId from, Context& ctx);  // of another server: there is none
  void on(const Executed& executed, Context& ctx);

  View view() const;
  bool operator==(const Server&) const = default;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(sessions_, executing_, last_ticket_);
  }

 private:
  struct Remembered {
    bool is_begun = false;
    std::optional<std::string> result;
    bool operator==(const Remembered&) const = default;
  };

  /// What is left of one client: the calls of its last incarnation that it may still wait for.
  /// Every other one up to the newest has ended (Liskov and Cowling's client table, for several
  /// calls).
  struct Session {
    std::uint64_t incarnation = 0;
    std::uint64_t newest = 0;
    std::map<std::uint64_t, Remembered> calls = {};  // by sequence
    bool operator==(const Session&) const = default;
  };

  /// Whom to answer.
  struct Caller {
    NodeId client;
    std::uint64_t incarnation = 0;
    std::uint64_t sequence = 0;
    bool operator==(const Caller&) const = default;
  };

  static void keep_what_is_open(Session& session, const Request& request);
  Remembered* find(const Caller& caller);
  static void send_reply(const Caller& caller, const std::string& result, Context& ctx);

  std::map<NodeId, Session> sessions_;
  std::map<std::uint64_t, Caller> executing_;  // by ticket
  std::uint64_t last_ticket_ = 0;
};

}  // namespace octet::rpc
