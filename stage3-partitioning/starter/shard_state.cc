#include "shard_state.h"

#include <variant>

#include "runtime/check.h"

namespace octet::shards {

Found read(const KeyState& state, WallTime now) {
  YOUR_CODE_HERE;
}

Written write(KeyState& state, const Request& request, WallTime now) {
  YOUR_CODE_HERE;
}

const std::string& key_of(const Operation& operation) {
  return std::visit([](const auto& content) -> const std::string& { return content.key; },
                    operation);
}

}  // namespace octet::shards
