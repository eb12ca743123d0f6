#include "store.h"

#include "runtime/check.h"

namespace octet::kv {

std::optional<Result> Store::apply(const Request& request) {
  YOUR_CODE_HERE;
}

}  // namespace octet::kv
