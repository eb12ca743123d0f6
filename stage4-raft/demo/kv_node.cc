// A server of the store as a process. Nodes below 100 are servers; others are their clients.
#include <algorithm>
#include "runtime/tcp/process.h"
#include "stage4-raft/api/solution.h"

int main(int argc, char** argv) {
  using namespace octet;
  const auto make = [](NodeId, const std::vector<NodeId>& all) {
    raft::Config config;
    std::ranges::copy_if(all, std::back_inserter(config.servers), [](NodeId id) { return id.value < 100; });
    return kv::make_kv_server(config);
  };
  return tcp::run_process(argc, argv, {"octet store", make, [](std::string_view) -> std::optional<Bytes> { return std::nullopt; }});
}
