#include "follower.h"

#include <algorithm>

namespace octet::followers {

void Follower::has(Index index) {
  if (index <= match) return;
  match = index;
  next = match + 1;
  under_way = false;
}

void Follower::lacks(Index place) {
  if (place <= match || place >= next) return;
  next = place;
  under_way = false;
}

}  // namespace octet::followers
