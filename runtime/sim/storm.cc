#include "runtime/sim/storm.h"

#include <algorithm>

#include "runtime/random.h"

namespace octet::sim {
namespace {

Duration between(Random& random, Duration low, Duration high) {
  const auto span = static_cast<std::uint64_t>(std::max<std::int64_t>(1, (high - low).count()));
  return low + Duration(static_cast<std::int64_t>(random.below(span)));
}

std::int64_t either_way(Random& random, std::int64_t most) {
  return static_cast<std::int64_t>(random.below(2 * static_cast<std::uint64_t>(most) + 1)) - most;
}

void draw_targets(Random& random, const std::vector<NodeId>& nodes, Fault& fault) {
  fault.node = nodes[random.below(nodes.size())];
  if (fault.kind == Fault::Kind::cut && nodes.size() > 1) {
    do fault.peer = nodes[random.below(nodes.size())];
    while (fault.peer == fault.node);
  }
  if (fault.kind == Fault::Kind::partition) {
    for (const NodeId node : nodes) {
      if (random.below(2) == 0) fault.group.push_back(node);
    }
    fault.node = 0;
  }
}

std::int64_t draw_amount(Random& random, Fault::Kind kind) {
  using std::chrono::hours;
  using std::chrono::milliseconds;
  switch (kind) {
    case Fault::Kind::torn:
      return static_cast<std::int64_t>(random.below(6));
    case Fault::Kind::drift:
      return either_way(random, 100'000);
    case Fault::Kind::jump:
      return either_way(random, Duration(hours(1)).count());
    case Fault::Kind::slow_disk:
      return between(random, milliseconds(10), milliseconds(1000)).count();
    default:
      return 0;
  }
}

Fault draw_fault(std::uint64_t seed, const Storm& storm, Fault::Kind kind, int which) {
  Random random(mix(seed, "storm") ^
                    mix(static_cast<std::uint64_t>(kind) << 32 | static_cast<std::uint64_t>(which)),
                "fault");
  Fault fault{.kind = kind};
  fault.at = between(random, storm.begin, storm.end);
  fault.until = std::min(storm.end, fault.at + between(random, Duration(1), storm.longest));
  draw_targets(random, storm.nodes, fault);
  fault.amount = draw_amount(random, kind);
  return fault;
}

}  // namespace

Plan draw_plan(std::uint64_t seed, const Storm& storm) {
  Plan plan;
  if (storm.nodes.empty()) return plan;
  const auto draw = [&](Fault::Kind kind, int count) {
    for (int i = 0; i < count; ++i) plan.push_back(draw_fault(seed, storm, kind, i));
  };
  draw(Fault::Kind::crash, storm.crashes);
  draw(Fault::Kind::torn, storm.torn_handlers);
  draw(Fault::Kind::pause, storm.pauses);
  draw(Fault::Kind::cut, storm.cuts);
  draw(Fault::Kind::partition, storm.partitions);
  draw(Fault::Kind::drift, storm.drifts);
  draw(Fault::Kind::jump, storm.jumps);
  draw(Fault::Kind::slow_disk, storm.slow_disks);
  std::ranges::stable_sort(plan, {}, &Fault::at);
  return plan;
}

}  // namespace octet::sim
