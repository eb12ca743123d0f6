#pragma once

#include "runtime/node.h"

namespace octet::sim {

/// A node's clocks. They start together with the world, and tell its time until they are told to
/// drift or to jump.
class Clock {
 public:
  /// The monotonic clock, at a time of the world.
  Time now(Duration world) const { return Time(shown_ + local(world - since_)); }

  WallTime wall(Duration world) const { return WallTime(now(world).time_since_epoch() + offset_); }

  /// How long the world takes while the node's clock moves on by `local`.
  Duration world_time(Duration local) const {
    return Duration(local.count() * million / (million + fast_));
  }

  /// From now on it runs fast by so many parts of a million, or slow. At least -500,000.
  void drift(std::int64_t parts_per_million, Duration world) {
    shown_ = now(world).time_since_epoch();
    since_ = world;
    fast_ = parts_per_million;
  }

  /// Moves the wall clock; the monotonic one does not notice.
  void jump(Duration by) { offset_ += by; }

 private:
  static constexpr std::int64_t million = 1'000'000;

  Duration local(Duration world) const {
    return Duration(world.count() + world.count() / million * fast_ +
                    world.count() % million * fast_ / million);
  }

  Duration since_{};  // world time of the last change
  Duration shown_{};  // what the clock showed then
  std::int64_t fast_ = 0;
  Duration offset_{};
};

}  // namespace octet::sim
