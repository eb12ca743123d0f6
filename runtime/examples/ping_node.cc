#include <charconv>

#include "runtime/erase/erased_node.h"
#include "runtime/examples/ping.h"
#include "runtime/tcp/process.h"

// As many processes as one likes; each asks whom it is told to.

namespace {

using namespace octet;
using namespace octet::examples::ping;

std::optional<Bytes> parse_input(std::string_view line) {
  constexpr std::string_view ask = "ask ";
  if (!line.starts_with(ask)) return std::nullopt;
  line.remove_prefix(ask.size());
  std::uint32_t whom = 0;
  const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), whom);
  if (error != std::errc() || end != line.data() + line.size()) return std::nullopt;
  return encode(Protocol::Input(Ask{whom}));
}

}  // namespace

int main(int argc, char** argv) {
  const auto make = [](NodeId, const std::vector<NodeId>&) { return make_node(Pinger()); };
  return tcp::run_process(argc, argv, {"ping", make, parse_input});
}
