#include "bench/stage3/store_servers.h"

#include <fmt/format.h>

#include <optional>
#include <utility>

#include "bench/process.h"

namespace octet::bench {
namespace {

std::unique_ptr<ChildProcess> start(std::vector<std::string> command) {
  Launch launch = quiet(std::move(command), std::nullopt);
  launch.own_group = true;  // Ctrl-C ends us, and that ends it
  return std::make_unique<ChildProcess>(launch);
}

}  // namespace

Server start_store(const std::filesystem::path& node_program, const Quorums& quorums,
                   const std::filesystem::path& folder) {
  Server store{std::make_unique<TemporaryFolder>(folder), {}, 0, {"CONTEXT", ""}};
  const auto ports = free_ports(3 * copies);  // for nodes, for people, and for Redis clients
  std::vector<std::string> nodes;
  for (std::size_t i = 0; i < copies; ++i) nodes.push_back(fmt::format("{}={}", i + 1, ports[i]));
  for (std::size_t i = 0; i < copies; ++i) {
    const std::string id = std::to_string(i + 1);
    std::vector<std::string> command = {node_program.string(), "--id", id, "--nodes"};
    command.insert(command.end(), nodes.begin(), nodes.end());
    command.insert(command.end(), {"--control", std::to_string(ports[copies + i]),    //
                                   "--serve", std::to_string(ports[2 * copies + i]),  //
                                   "--data", (store.folder->path() / id).string(),    //
                                   "--reads", std::to_string(quorums.reads),          //
                                   "--writes", std::to_string(quorums.writes)});
    store.processes.push_back(start(std::move(command)));
  }
  for (std::size_t i = 0; i < copies; ++i) {
    wait_until_listening(*store.processes[i], ports[2 * copies + i]);
  }
  store.port = ports[2 * copies];
  return store;
}

Server start_redis(const std::filesystem::path& folder) {
  Server redis{std::make_unique<TemporaryFolder>(folder), {}, free_port(), {}};
  redis.processes.push_back(start({"redis-server", "--port", std::to_string(redis.port), "--bind",
                                   "127.0.0.1", "--dir", redis.folder->path().string(), "--save",
                                   "", "--appendonly", "yes", "--appendfsync", "always"}));
  wait_until_listening(*redis.processes[0], redis.port);
  return redis;
}

}  // namespace octet::bench
