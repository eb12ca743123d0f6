#pragma once

#include <span>

#include "leader_log.h"
#include "leader_messages.h"
#include "leader_values.h"

namespace octet::leaders {

/// One of several leaders. It passes on what it takes, and what it hears, to its neighbours at
/// once; what gets lost on the way they find out by comparing what they have (anti-entropy, as in
/// Bayou: Petersen et al. 1997). It keeps all updates for ever, for a neighbour may have been away
/// for long.
class Leader {
 public:
  using Protocol = leaders::Protocol;
  using View = leaders::View;

  explicit Leader(const Config& config) : config_(config) {}

  void start(std::span<const Protocol::Record> recovered, Context& ctx);

  void on(const Set& write, Context& ctx) { write_down(write, ctx); }
  void on(const Add& write, Context& ctx) { write_down(write, ctx); }

  void on(const TalkDue& timer, Context& ctx);
  void on(const Have& theirs, NodeId neighbour, Context& ctx);
  void on(const Updates& message, NodeId neighbour, Context& ctx);

  View view() const { return values_.view(); }
  bool operator==(const Leader&) const = default;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(log_, values_);
  }

 private:
  /// A message of more would keep the link busy for long.
  static constexpr std::size_t most_updates = 100;

  void write_down(const Input& write, Context& ctx);
  bool take(const Update& update);
  void tell_all_but(NodeId neighbour, const Updates& news, Context& ctx) const;

  Config config_;
  LeaderLog log_;
  LeaderValues values_;
};

}  // namespace octet::leaders
