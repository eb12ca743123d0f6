#pragma once

#include <span>
#include <variant>

#include "shard_state.h"
#include "shelf.h"

namespace octet::shards {

struct Protocol : ProtocolDefaults {
  using Message = std::variant<slots::ShelfProtocol::Message>;
  using Timer = std::variant<slots::ShelfProtocol::Timer>;
  using Input = shards::Input;
  using Output = shards::Output;
  using Record = std::variant<slots::ShelfProtocol::Record>;
};
using Context = octet::Context<Protocol>;

/// Does what is asked of the slots that its shelf serves. All that it knows is on the shelf, so
/// nothing is left behind when a slot moves.
class ShardServer {
 public:
  using Protocol = shards::Protocol;
  using View = shards::View;

  explicit ShardServer(const Config& config) : shelf_(config.founding, config.retry) {}

  void start(std::span<const Protocol::Record> recovered, Context& ctx);

  void on(const NewMap& input, Context& ctx);
  void on(const Request& request, Context& ctx);
  void on(const slots::ShelfProtocol::Message& message, NodeId from, Context& ctx);
  void on(const slots::ShelfProtocol::Timer& timer, Context& ctx);

  View view() const;
  bool operator==(const ShardServer&) const = default;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(shelf_);  // and all that you add
  }

 private:
  slots::Shelf shelf_;
  // Your members.
};

}  // namespace octet::shards
