// A message queue on node 1, and producers and consumers on the others, which call it: your queue
// behind your RPC, made durable so that no kill -9 makes a call happen twice.
#include "runtime/durable/durable.h"
#include "runtime/tcp/process.h"
#include "stage2-clocks-rpc/demo/served_queue.h"

int main(int argc, char** argv) {
  using namespace octet;
  const auto make = [](NodeId id, const std::vector<NodeId>& all) {
    if (id != all.front()) return make_durable(rpc::make_client({.server = all.front()}));
    return make_durable(std::make_unique<queue_demo::ServedQueue>(
        rpc::make_server({}), queue::make_queue({.visible_after = std::chrono::seconds(10)})));
  };
  const auto parse = [tag = std::uint64_t{0}](std::string_view line) mutable {
    return std::optional(encode(rpc::ClientInput(rpc::Call{++tag, std::string(line)})));
  };
  return tcp::run_process(argc, argv, {"octet queue", make, parse});
}
