#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <variant>

#include "rpc_server.h"
#include "stage2-clocks-rpc/api/rpc.h"

namespace octet::rpc {

struct RetryDue {
  std::uint64_t sequence = 0;
};

struct GiveUpDue {
  std::uint64_t sequence = 0;
};

/// On disk: how often this client has started.
struct Incarnation {
  std::uint64_t number = 0;
};

struct ClientProtocol : ProtocolDefaults {
  using Message = rpc::Message;
  using Timer = std::variant<RetryDue, GiveUpDue>;
  using Input = ClientInput;
  using Output = ClientOutput;
  using Record = std::variant<Incarnation>;
};

/// Asks for each call until a reply comes or the time is up.
class Client {
 public:
  using Protocol = ClientProtocol;
  using Context = octet::Context<Protocol>;

  struct View {
    std::uint64_t incarnation = 0;
    std::uint64_t open = 0;  // calls that it waits for
  };

  explicit Client(ClientConfig config);

  void start(std::span<const Protocol::Record> recovered, Context& ctx);
  void on(const Call& call, Context& ctx);
  void on(const Request& request, NodeId from, Context& ctx);  // for a server: it is none
  void on(const Reply& reply, NodeId from, Context& ctx);
  void on(const RetryDue& timer, Context& ctx);
  void on(const GiveUpDue& timer, Context& ctx);

  View view() const;
  bool operator==(const Client&) const = default;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(incarnation_, newest_, open_);
  }

 private:
  void send_request(std::uint64_t sequence, Context& ctx);
  void end(std::uint64_t sequence, const ClientOutput& output, Context& ctx);

  struct Open {
    std::uint64_t tag = 0;
    std::string body;
    bool operator==(const Open&) const = default;
  };

  ClientConfig config_;
  std::uint64_t incarnation_ = 0;
  std::uint64_t newest_ = 0;
  std::map<std::uint64_t, Open> open_;  // by sequence
};

}  // namespace octet::rpc
