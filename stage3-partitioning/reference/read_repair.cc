#include "store_node.h"

namespace octet::store {

/// Copies that were behind when they were read get what all of them know together. The reader does
/// not wait for that, and copies that answer late are repaired as well.
void StoreNode::repair_copies(Pending& request, Context& ctx) {
  constexpr RequestId nobody_waits = {};
  for (auto& [slot, answer] : request.answers) {
    if (answer == request.copy) continue;
    answer = request.copy;
    tell(slots::owner_of(shelf_.map(), slot),
         StoreCopy{nobody_waits, slot, request.key, request.copy}, ctx);
  }
}

}  // namespace octet::store
