#include <algorithm>

#include "store_node.h"

/// What the levels ask for (api/store.h).
///
/// Strong requests follow Attiya, Bar-Noy and Dolev (1995), with many writers as Lynch and
/// Shvartsman (1997) have them: a writer first asks a majority what there is. Versions of a key
/// have an order (Version::is_before). Whoever has seen a version holds it or a later one: a strong
/// write replaces only what its coordinator knows, and is later than all of that; a merge keeps the
/// latest version of both sides. When a strong request ends, a majority of copies has seen the
/// version that it wrote or showed. One of these copies is in any majority that a later request
/// asks, wherever the slots have moved. So that request writes a later version, or shows none that
/// is earlier.
namespace octet::store {

/// Only the copies in the slots count: any two majorities of them have one in common.
bool StoreNode::is_strict(const Pending& request) const {
  return request.level == Level::strong || !config_.sloppy;
}

std::size_t StoreNode::wanted(const Pending& request) const {
  if (request.level == Level::strong) return shelf_.map().copies / 2 + 1;
  return request.step == Pending::Step::storing ? config_.writes : config_.reads;
}

/// What a strong read shows has to be in a majority of copies, so that no later read shows less: a
/// write that was cut short may be in one copy alone. The copies that answered may have it already.
bool StoreNode::may_be_shown(const Pending& request) const {
  if (request.level != Level::strong) return true;
  const auto have_it = std::ranges::count_if(
      request.answers, [&](const auto& answer) { return answer.second == request.copy; });
  return static_cast<std::size_t>(have_it) >= wanted(request);
}

/// A strong write has to know of all that was written before it, so that its version is a later
/// one.
bool Pending::reads_before_it_writes() const {
  return write && level == Level::strong;
}

/// All siblings; or, where there has to be one value, the latest.
std::vector<std::string> Pending::shown() const {
  if (level != Level::strong) return copy.values();
  const auto& versions = copy.versions();
  const auto latest = std::ranges::max_element(
      versions, [](const Version& a, const Version& b) { return a.is_before(b); });
  if (latest == versions.end() || !latest->value) return {};
  return {*latest->value};
}

}  // namespace octet::store
