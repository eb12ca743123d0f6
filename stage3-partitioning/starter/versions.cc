#include "versions.h"

#include "runtime/check.h"

namespace octet::store {

std::vector<std::string> Siblings::values() const {
  YOUR_CODE_HERE;
}

}  // namespace octet::store
