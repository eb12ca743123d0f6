#include "replica.h"
#include "runtime/check.h"

namespace octet::followers {

void Replica::on(const FailOver& order, Context& ctx) {
  YOUR_CODE_HERE;
}

}  // namespace octet::followers
