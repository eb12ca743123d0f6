// A room that several people are in, a process for each. Everybody reads everything in the same
// order: your total order, made durable so that a kill -9 and a broken network only delay it.
#include "runtime/durable/durable.h"
#include "runtime/tcp/process.h"
#include "stage2-clocks-rpc/api/solution.h"

int main(int argc, char** argv) {
  using namespace octet;
  const auto make = [](NodeId, const std::vector<NodeId>& all) {
    return make_durable(total_order::make_total_order({.members = all}));
  };
  const auto parse = [](std::string_view line) -> std::optional<Bytes> {
    return encode(total_order::Input(total_order::Multicast{std::string(line)}));
  };
  return tcp::run_process(argc, argv, {"octet chat", make, parse});
}
