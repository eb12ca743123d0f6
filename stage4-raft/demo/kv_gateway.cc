// A client of the store as a process, with a port for Redis clients: it finds the leader for them.
#include <cstdio>

#include "runtime/tcp/process.h"
#include "stage4-raft/api/solution.h"
#include "stage4-raft/demo/gateway/gateway.h"

int main(int argc, char** argv) {
  using namespace octet;
  const auto make = [](NodeId, const std::vector<NodeId>& servers) {
    return kv::make_kv_client({.servers = servers});
  };
  const auto parse = [](std::string_view) { return std::optional<Bytes>(); };
  const auto serve = [](asio::io_context& io, const asio::ip::tcp::endpoint& listen,
                        tcp::Runner& runner) {
    auto gateway =
        std::make_shared<kv::Gateway>(io, listen, runner, 2 * kv::ClientConfig().patience);
    std::printf("for Redis clients: redis-cli -p %u\n", listen.port());
    return gateway;
  };
  return tcp::run_process(argc, argv, {"octet store", make, parse, serve});
}
