#include "leader_log.h"

#include <algorithm>
#include <utility>

#include "runtime/check.h"

namespace octet::leaders {
namespace {

std::uint64_t count_in(const Known& known, NodeId origin) {
  const auto place = known.find(origin);
  return place == known.end() ? 0 : place->second;
}

}  // namespace

bool LeaderLog::can_take(const Update& update) const {
  const bool is_next = update.number == count(update.origin) + 1;
  return is_next && std::ranges::all_of(update.after, [this](const auto& entry) {
           return count(entry.first) >= entry.second;
         });
}

void LeaderLog::take(Update update) {
  OCTET_CHECK(can_take(update), "known() would claim what is not there");
  known_[update.origin] = update.number;
  updates_.push_back(std::move(update));
}

Updates LeaderLog::lacking(const Known& known, std::size_t most) const {
  Updates lacking;
  for (const Update& update : updates_) {
    if (update.number <= count_in(known, update.origin)) continue;
    if (lacking.updates.size() == most) {
      lacking.more = true;
      break;
    }
    lacking.updates.push_back(update);
  }
  return lacking;
}

std::uint64_t LeaderLog::count(NodeId origin) const {
  return count_in(known_, origin);
}

}  // namespace octet::leaders
