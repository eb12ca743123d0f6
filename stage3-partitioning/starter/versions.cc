#include "versions.h"

#include "runtime/check.h"

namespace octet::store {

void Siblings::merge(const Siblings& other) {
  YOUR_CODE_HERE;
}

std::vector<std::string> Siblings::values() const {
  YOUR_CODE_HERE;
}

}  // namespace octet::store
