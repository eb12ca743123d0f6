#include "replica_values.h"

#include "runtime/check.h"

namespace octet::followers {

void ReplicaValues::apply(const Entry& entry) {
  YOUR_CODE_HERE;
}

std::optional<std::string> ReplicaValues::get(const std::string& key) const {
  YOUR_CODE_HERE;
}

}  // namespace octet::followers
