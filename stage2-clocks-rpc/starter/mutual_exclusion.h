#pragma once

#include <span>
#include <variant>

#include "lamport_clock.h"
#include "stage2-clocks-rpc/api/mutual_exclusion.h"

namespace octet::mutual_exclusion {

/// What members tell each other is yours to choose: these are a beginning. Change their fields, add
/// others, and list them in Message; each has an on() below.

struct RequestsResource {};

struct Acknowledgment {};

struct ReleasesResource {};

struct Protocol : ProtocolDefaults {
  using Message = std::variant<RequestsResource, Acknowledgment, ReleasesResource>;
  using Input = mutual_exclusion::Input;
  using Output = mutual_exclusion::Output;
};
using Context = octet::Context<Protocol>;

/// One process. At most one is inside at any time; requests are granted in the order in which they
/// are made; every request is granted when those inside release.
class MutualExclusion {
 public:
  using Protocol = mutual_exclusion::Protocol;

  /// What you want to see of a member in the story of a run.
  struct View {};

  explicit MutualExclusion(Config config);

  void start(std::span<const Protocol::Record> recovered, Context& ctx);
  void on(const Request& request, Context& ctx);
  void on(const Release& release, Context& ctx);
  void on(const RequestsResource& message, NodeId from, Context& ctx);
  void on(const Acknowledgment& message, NodeId from, Context& ctx);
  void on(const ReleasesResource& message, NodeId from, Context& ctx);

  View view() const;
  bool operator==(const MutualExclusion&) const = default;
  template <class Archive>
  void serialize(Archive& archive) {
    // Lists your members that change: archive(one_, another_).
  }

 private:
  // Your members.
};

}  // namespace octet::mutual_exclusion
