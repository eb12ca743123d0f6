#include "leader_values.h"

#include "runtime/check.h"

namespace octet::leaders {

void LeaderValues::apply(const Update& update) {
  YOUR_CODE_HERE;
}

View LeaderValues::view() const {
  YOUR_CODE_HERE;
}

}  // namespace octet::leaders
