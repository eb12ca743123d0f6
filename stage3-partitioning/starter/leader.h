#pragma once

#include <span>

#include "leader_log.h"
#include "leader_messages.h"
#include "leader_values.h"

namespace octet::leaders {

/// One of several leaders.
class Leader {
 public:
  using Protocol = leaders::Protocol;
  using View = leaders::View;

  explicit Leader(const Config& config) : config_(config) {}

  void start(std::span<const Protocol::Record> recovered, Context& ctx);

  void on(const Set& write, Context& ctx);
  void on(const Add& write, Context& ctx);

  void on(const TalkDue& timer, Context& ctx);
  void on(const Updates& message, NodeId neighbour, Context& ctx);

  View view() const { return values_.view(); }
  bool operator==(const Leader&) const = default;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(log_, values_);  // and all that you add
  }

 private:
  Config config_;
  LeaderLog log_;
  LeaderValues values_;
  // Your members.
};

}  // namespace octet::leaders
