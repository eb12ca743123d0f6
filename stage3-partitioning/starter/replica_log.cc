#include "replica_log.h"

#include "runtime/check.h"

namespace octet::followers {

Epoch ReplicaLog::epoch_at(Index index) const {
  YOUR_CODE_HERE;
}

}  // namespace octet::followers
