#include "replica.h"

#include "runtime/check.h"

namespace octet::followers {

void Replica::start(std::span<const Protocol::Record> recovered, Context& ctx) {
  YOUR_CODE_HERE;
}

void Replica::on(const RetryDue& timer, Context& ctx) {
  YOUR_CODE_HERE;
}

View Replica::view() const {
  return {.role = role_,
          .epoch = epoch_,
          .log = log_.all(),
          .applied = values_.applied(),
          .values = values_.all()};
}

}  // namespace octet::followers
