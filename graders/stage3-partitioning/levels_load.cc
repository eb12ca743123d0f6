#include "graders/stage3-partitioning/levels_load.h"

namespace octet::store {
namespace {

constexpr std::size_t applications = 6;

}  // namespace

LevelsLoad::LevelsLoad(sim::World& world, StoreCluster& store, CausalSessions& sessions)
    : world_(world), store_(store), sessions_(sessions), random_(world.seed(), "levels") {
  for (std::size_t i = 0; i < applications; ++i) sessions_.open();
}

void LevelsLoad::ask(Duration every, Duration until) {
  for (Duration at = world_.now(); at < until; at += every) {
    world_.at(at, [this] {
      strong();
      causal();
      eventual();
    });
  }
}

void LevelsLoad::strong() {
  const NodeId at = node();
  const std::string of = key('s');
  const std::uint64_t kind = random_.below(8);
  if (kind < 4) store_.get(at, of, Level::strong);
  if (kind >= 4 && kind < 7) store_.put(at, of, value(), {}, Level::strong);
  if (kind == 7) store_.del(at, of, {}, Level::strong);
}

/// Sometimes an application begins anew, or goes on from where another one is.
void LevelsLoad::causal() {
  const NodeId at = node();
  const std::string of = key('c');
  const std::uint64_t kind = random_.below(16);
  const std::size_t first = sessions_.sessions() - applications;
  CausalSessions::Id session = first + random_.below(applications);
  if (!sessions_.is_free(session)) return;
  if (kind == 14) session = sessions_.open();
  if (kind == 15) session = sessions_.copy_of(session);
  if (kind < 8 || kind >= 14) sessions_.get(session, at, of);
  if (kind >= 8 && kind < 13) sessions_.put(session, at, of, value());
  if (kind == 13) sessions_.del(session, at, of);
}

void LevelsLoad::eventual() {
  const NodeId at = node();
  const std::uint64_t kind = random_.below(4);
  if (kind == 0) store_.put(at, key('e'), value());
  if (kind == 1) store_.get(at, key('e'));
  if (kind == 2) store_.get(at, key('s'));
  if (kind == 3) store_.get(at, key('c'));
}

}  // namespace octet::store
