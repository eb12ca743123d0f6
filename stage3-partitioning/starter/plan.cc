#include "plan.h"

#include "runtime/check.h"

namespace octet::slots {

SlotMap plan(const SlotMap& now, const std::vector<NodeId>& members) {
  YOUR_CODE_HERE;
}

}  // namespace octet::slots
