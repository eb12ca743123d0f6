// A node of the store as a process: your StoreNode with its records in a file, and a port for Redis
// clients, whose requests it coordinates.
#include <CLI/CLI.hpp>
#include <cstdio>

#include "runtime/tcp/process.h"
#include "stage3-partitioning/api/solution.h"
#include "stage3-partitioning/demo/store/gateway.h"
#include "stage3-partitioning/demo/store/maps.h"

namespace {

using namespace octet;

struct Settings {
  std::size_t reads = 2;
  std::size_t writes = 2;
  bool sloppy = false;
  int patience = 1;  // seconds
};

/// With two members there are two copies.
store::Config config_of(const Settings& settings, const std::vector<NodeId>& members) {
  return {.founding = slots::founding_map(members),
          .reads = std::min(settings.reads, members.size()),
          .writes = std::min(settings.writes, members.size()),
          .sloppy = settings.sloppy,
          .patience = std::chrono::seconds(settings.patience)};
}

/// "map 2 3 1 2 3 ...": the operator hands maps to nodes like this.
std::optional<Bytes> parse_input(std::string_view line) {
  const auto map = slots::map_of(line);
  if (!map) return std::nullopt;
  return encode(store::Input(store::NewMap{*map}));
}

std::shared_ptr<void> serve(asio::io_context& io, const asio::ip::tcp::endpoint& listen,
                            tcp::Runner& runner, Duration patience) {
  auto gateway = std::make_shared<store::Gateway>(io, listen, runner, 2 * patience);
  std::printf("for Redis clients: redis-cli -p %u\n", listen.port());
  return gateway;
}

}  // namespace

int main(int argc, char** argv) {
  Settings settings;
  const auto make = [&](NodeId, const std::vector<NodeId>& members) {
    return store::make_store_node(config_of(settings, members));
  };
  const auto open = [&](asio::io_context& io, const asio::ip::tcp::endpoint& listen,
                        tcp::Runner& runner) {
    return serve(io, listen, runner, std::chrono::seconds(settings.patience));
  };
  const auto add_options = [&](CLI::App& app) {
    const CLI::Range copies(std::size_t{1}, std::size_t{slots::most_copies_in_demo});
    app.add_option("--reads", settings.reads, "So many copies answer a read")->check(copies);
    app.add_option("--writes", settings.writes, "So many copies have a write")->check(copies);
    app.add_flag("--sloppy", settings.sloppy, "Others may stand in for owners of copies");
    app.add_option("--patience", settings.patience, "Seconds that a request may take")
        ->check(CLI::Range(1, 600));
  };
  return tcp::run_process(argc, argv, {"octet store", make, parse_input, open, add_options});
}
