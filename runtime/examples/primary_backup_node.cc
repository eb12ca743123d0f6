#include "runtime/erase/erased_node.h"
#include "runtime/examples/primary_backup.h"
#include "runtime/tcp/process.h"

// Two processes: the first node is the primary, the last one its backup.

namespace {

using namespace octet;
using namespace octet::examples::primary_backup;

std::optional<Bytes> parse_input(std::string_view line) {
  constexpr std::string_view append = "append ";
  if (!line.starts_with(append)) return std::nullopt;
  return encode(Protocol::Input(Append{std::string(line.substr(append.size()))}));
}

}  // namespace

int main(int argc, char** argv) {
  const auto make = [](NodeId, const std::vector<NodeId>& all) {
    return make_node(Replica({.primary = all.front(), .backup = all.back()}));
  };
  return tcp::run_process(argc, argv, {"primary_backup", make, parse_input});
}
