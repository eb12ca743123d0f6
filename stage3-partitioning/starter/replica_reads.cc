#include "replica.h"
#include "runtime/check.h"

namespace octet::followers {

void Replica::on(const Read& read, Context& ctx) {
  YOUR_CODE_HERE;
}

}  // namespace octet::followers
