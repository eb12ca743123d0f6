#include <algorithm>

#include "store_node.h"

/// What the levels ask for (api/store.h).
namespace octet::store {

/// Only the copies in the slots count: any two majorities of them have one in common.
bool StoreNode::is_strict(const Pending& request) const {
  return request.level == Level::strong || !config_.sloppy;
}

std::size_t StoreNode::wanted(const Pending& request) const {
  if (request.level == Level::strong) return shelf_.map().copies / 2 + 1;
  return request.step == Pending::Step::storing ? config_.writes : config_.reads;
}

/// A strong write has to know of all that was written before it, so that its version is a later
/// one.
bool Pending::reads_before_it_writes() const {
  return write && level == Level::strong;
}

/// What a strong read shows has to be in a majority of copies, so that no later read shows less: a
/// write that was cut short may be in one copy alone (Attiya, Bar-Noy and Dolev 1995).
bool Pending::may_be_answered() const {
  return level != Level::strong ||
         std::ranges::all_of(answers, [&](const auto& answer) { return answer.second == copy; });
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
