#pragma once

#include <map>
#include <optional>
#include <span>
#include <variant>

#include "lamport_clock.h"
#include "stage2-clocks-rpc/api/mutual_exclusion.h"

namespace octet::mutual_exclusion {

using clocks::LamportStamp;

/// The three messages of Lamport's algorithm. Each has the stamp of its sending.

struct RequestsResource {
  LamportStamp stamp;  // of the request, too
};

struct Acknowledgment {
  LamportStamp stamp;
  std::optional<LamportStamp> request;  // of its sender, from Request to Release
};

struct ReleasesResource {
  LamportStamp stamp;
};

struct Protocol : ProtocolDefaults {
  using Message = std::variant<RequestsResource, Acknowledgment, ReleasesResource>;
  using Input = mutual_exclusion::Input;
  using Output = mutual_exclusion::Output;
};
using Context = octet::Context<Protocol>;

/// One process, after Lamport (1978), the five rules. The paper wants messages to arrive in the
/// order of sending. Instead, every message here says whether its sender has a request, so that the
/// latest one tells everything and earlier ones that come after it are ignored.
class MutualExclusion {
 public:
  using Protocol = mutual_exclusion::Protocol;

  /// For people who read a story.
  struct View {
    bool waits = false;
    bool is_inside = false;
  };

  explicit MutualExclusion(Config config);

  void start(std::span<const Protocol::Record> recovered, Context& ctx);
  void on(const Request&, Context& ctx);
  void on(const Release&, Context& ctx);
  void on(const RequestsResource& message, NodeId from, Context& ctx);
  void on(const Acknowledgment& message, NodeId from, Context& ctx);
  void on(const ReleasesResource& message, NodeId from, Context& ctx);

  View view() const { return {.waits = request_ && !is_inside_, .is_inside = is_inside_}; }
  bool operator==(const MutualExclusion&) const = default;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(clock_, request_, is_inside_, others_);
  }

 private:
  /// What the latest message of another process said.
  struct Heard {
    LamportStamp stamp;
    std::optional<LamportStamp> request;
    bool operator==(const Heard&) const = default;
  };

  void hear(NodeId from, const Heard& news, Context& ctx);
  void enter_if_granted(Context& ctx);
  bool is_granted_by(const Heard& other) const;

  Config config_;
  clocks::LamportClock clock_{NodeId()};  // start() says whose it is
  std::optional<LamportStamp> request_;   // its own, from Request to Release
  bool is_inside_ = false;
  std::map<NodeId, Heard> others_;  // with request_, the request queue of the paper
};

}  // namespace octet::mutual_exclusion
