#include "mutual_exclusion.h"

#include <type_traits>

#include "runtime/erase/erased_node.h"
#include "stage2-clocks-rpc/api/solution.h"

namespace octet::mutual_exclusion {

static_assert(std::is_same_v<MutualExclusion::Protocol::Input, Input> &&
                  std::is_same_v<MutualExclusion::Protocol::Output, Output>,
              "the inputs and outputs of MutualExclusion are those of api/mutual_exclusion.h");

std::unique_ptr<AnyNode> make_mutual_exclusion(const Config& config) {
  return make_node(MutualExclusion(config));
}

}  // namespace octet::mutual_exclusion
