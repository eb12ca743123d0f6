// A server of the store as a process: your Raft and your state machine, with the log in a file.
// People and programs reach it through the gateway (kv_gateway.cc).
#include "runtime/tcp/process.h"
#include "stage4-raft/api/solution.h"

int main(int argc, char** argv) {
  using namespace octet;
  const auto make = [](NodeId, const std::vector<NodeId>& servers) {
    return kv::make_kv_server({.servers = servers});
  };
  const auto parse = [](std::string_view) { return std::optional<Bytes>(); };
  return tcp::run_process(argc, argv, {"octet store", make, parse});
}
