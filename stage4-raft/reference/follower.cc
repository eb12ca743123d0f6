#include "follower.h"

#include <algorithm>

namespace octet::raft {

void Follower::has_all_before(Index place) {
  if (place <= match + 1) return;
  match = place - 1;
  while (!sent.empty() && (sent.size() == 1 ? next : sent[1]) <= place) sent.pop_front();
  next = std::max(next, place);
  if (has_gap) go_back();
}

void Follower::lacks(Index place) {
  if (place <= match || place >= next) return;
  has_gap = !sent.empty() && place >= sent.front();  // what it lacks is under way
  if (has_gap) return;
  next = place;
  sent.clear();
}

void Follower::go_back() {
  if (!sent.empty()) next = std::max(sent.front(), match + 1);
  sent.clear();
  has_gap = false;
}

}  // namespace octet::raft
