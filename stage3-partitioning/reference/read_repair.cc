#include "store_node.h"

namespace octet::store {

/// Copies that were behind when they were read get what the others know. They are not waited for.
void StoreNode::repair_copies(Pending& request, Context& ctx) {
  for (auto& [slot, answer] : request.answers) {
    if (answer == request.copy) continue;
    answer = request.copy;
    tell(slots::owner_of(shelf_.map(), slot), StoreCopy{{}, slot, request.key, request.copy}, ctx);
  }
}

}  // namespace octet::store
