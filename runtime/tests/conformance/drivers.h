#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>
#include <chrono>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "runtime/erase/erased_node.h"
#include "runtime/sim/world.h"
#include "runtime/storage/file_disk.h"
#include "runtime/tcp/runner.h"
#include "runtime/temporary_folder.h"
#include "runtime/tests/conformance/puppet.h"

/// Two puppets in a world. Every world has a driver with the same members.
namespace octet::conformance {

class SimulatorDriver {
 public:
  SimulatorDriver() {
    for (const NodeId id : {1, 2}) world_.add(id, [] { return make_node(Puppet()); });
  }

  void input(NodeId id, const std::vector<Step>& steps) {
    world_.input(id, Protocol::Input(Script{steps}));
  }
  void rubbish(NodeId id) { world_.input_bytes(id, "\x01rubbish"); }
  void crash(NodeId id) { world_.crash(id); }
  void restart(NodeId id) { world_.restart(id); }

  std::vector<std::string> seen(NodeId id) const {
    std::vector<std::string> all;
    for (const auto& output : world_.outputs<Protocol::Output>(id)) {
      all.push_back(std::get<Saw>(output).what);
    }
    return all;
  }
  std::size_t durable(NodeId id) const { return world_.durable_records(id).size(); }

  /// Until the node has seen so much; false when it never will.
  bool wait(NodeId id, std::size_t count) {
    return world_.run_until([&] { return seen(id).size() >= count; }, std::chrono::hours(1));
  }

 private:
  sim::World world_{1};
};

/// Real sockets, files and timers, all in one process.
class TcpDriver {
 public:
  TcpDriver() {
    // An address of our own, so that no other test takes a port between a crash and its restart.
    const auto pid = static_cast<std::uint32_t>(getpid());
    const asio::ip::address_v4 address(0x7f800000U | (pid & 0x3fffffU));
    for (const NodeId id : {1, 2}) {
      nodes_[id] = {address, static_cast<std::uint16_t>(7000 + id.value)};
    }
    for (const NodeId id : {1, 2}) restart(id);
  }

  void input(NodeId id, const std::vector<Step>& steps) {
    ASSERT_TRUE(running_.at(id)->runner.input(encode(Protocol::Input(Script{steps}))));
  }
  void rubbish(NodeId id) { EXPECT_FALSE(running_.at(id)->runner.input("\x01rubbish")); }
  void crash(NodeId id) { running_.erase(id); }

  void restart(NodeId id) {
    auto peers = nodes_;
    const auto own = peers.extract(id);
    auto process = std::make_unique<Process>(
        tcp::RunnerOptions{
            .id = id, .protocol = "puppet", .listen = own.mapped(), .peers = std::move(peers)},
        folder_.path() / std::to_string(id.value));
    process->runner.on_output = [this, id](const Bytes& output) {
      Protocol::Output decoded{Saw()};
      decode(output, decoded);
      seen_[id].push_back(std::get<Saw>(decoded).what);
    };
    process->runner.start();
    running_[id] = std::move(process);
  }

  std::vector<std::string> seen(NodeId id) { return seen_[id]; }
  std::size_t durable(NodeId id) const { return running_.at(id)->runner.durable_records().size(); }

  /// The limit is far above what any machine needs; who waits for it has found a mistake.
  bool wait(NodeId id, std::size_t count) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (seen_[id].size() < count && std::chrono::steady_clock::now() < end) {
      for (const auto& [other, process] : running_) {
        process->io.run_one_for(std::chrono::milliseconds(1));
      }
    }
    return seen_[id].size() >= count;
  }

 private:
  /// Whoever destroys it takes everything with it that was under way, as a crash does.
  struct Process {
    Process(tcp::RunnerOptions options, const std::filesystem::path& data)
        : runner(io, std::move(options), make_node(Puppet()),
                 std::make_unique<FileDisk>(data, "puppet")) {}
    asio::io_context io{1};
    tcp::Runner runner;
  };

  TemporaryFolder folder_;
  std::map<NodeId, asio::ip::tcp::endpoint> nodes_;
  std::map<NodeId, std::unique_ptr<Process>> running_;
  std::map<NodeId, std::vector<std::string>> seen_;
};

}  // namespace octet::conformance
