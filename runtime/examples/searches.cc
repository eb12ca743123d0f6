#include "runtime/examples/searches.h"

#include <string>

#include "runtime/erase/erased_node.h"
#include "runtime/examples/primary_backup.h"

namespace octet::examples {

using namespace primary_backup;

search::Model primary_backup_model(bool is_hasty, std::uint32_t max_crashes) {
  const Config config{.primary = 1, .backup = 2, .is_hasty = is_hasty};
  search::Model model{.nodes = {1, 2},
                      .make = [config](NodeId) { return make_node(Replica(config)); },
                      .inputs = {{1, encode(Protocol::Input(Append{"x"}))},
                                 {1, encode(Protocol::Input(Append{"y"}))}},
                      .max_crashes = max_crashes,
                      .max_copies = 1};
  model.goal("all is stored", [](const search::Snapshot& at) {
    return at.records<Protocol::Record>(2).size() == 2 &&
           at.outputs<Protocol::Output>(1).size() == 2;
  });
  return model.invariant("what is counted is stored", [](const search::Snapshot& at) {
    const auto* primary = at.view<Replica::View>(1);
    const std::size_t stored = at.records<Protocol::Record>(2).size();
    if (primary == nullptr || primary->copied <= stored) return std::string();
    return "the primary counts " + std::to_string(primary->copied) + ", the backup's disk has " +
           std::to_string(stored);
  });
}

}  // namespace octet::examples
