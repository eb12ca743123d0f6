#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "runtime/erase/bytes.h"

namespace octet::durable {

/// Everything that a handler of the inner node depended on: what it was told, and what its world
/// answered. Told again, it does the same.
struct Happening {
  enum class Kind : std::uint8_t { start, deliver, fire, input };

  Kind kind = Kind::start;
  NodeId from = {};  // of a message
  Bytes bytes = {};  // the packet, timer or input
  std::int64_t now_ns = 0;
  std::int64_t wall_ns = 0;
  std::vector<std::uint64_t> choices = {};
};

/// The world as a handler sees it, written down; or as it was, when the happening is an old one.
class Witness final : public Environment {
 public:
  /// Of what happens now. A clock that went back over a crash stands still until `not_before`.
  Witness(Environment& world, Happening& happening, std::int64_t not_before)
      : id_(world.id()), world_(&world), happening_(happening) {
    happening.now_ns = std::max(world.now().time_since_epoch().count(), not_before);
    happening.wall_ns = world.wall_clock().time_since_epoch().count();
  }
  /// Of what has happened.
  Witness(NodeId id, Happening& happening) : id_(id), happening_(happening) {}

  NodeId id() const override { return id_; }
  Time now() const override { return Time(Duration(happening_.now_ns)); }
  WallTime wall_clock() const override { return WallTime(Duration(happening_.wall_ns)); }
  std::uint64_t choose(std::uint64_t options) override {
    if (world_ != nullptr) happening_.choices.push_back(world_->choose(options));
    if (chosen_ == happening_.choices.size()) throw Undecodable("a choice is missing");
    return happening_.choices[chosen_++];
  }

 private:
  NodeId id_;
  Environment* world_ = nullptr;
  Happening& happening_;
  std::size_t chosen_ = 0;
};

}  // namespace octet::durable
