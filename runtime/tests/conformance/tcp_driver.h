#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>
#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "runtime/erase/erased_node.h"
#include "runtime/storage/file_disk.h"
#include "runtime/tcp/runner.h"
#include "runtime/temporary_folder.h"
#include "runtime/tests/conformance/sight.h"

namespace octet::conformance {

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
    meet();
  }

  void forbid(std::string what, std::function<bool(const Sight&)> is_seen) {
    rules_.forbid(std::move(what), std::move(is_seen));
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
    process->runner.on_output = [this, id](const Bytes& output) { see(id, output); };
    process->runner.start();
    running_[id] = std::move(process);
  }

  testing::AssertionResult reaches(NodeId id, const Strings& told) {
    run_until([&] { return told_[id].size() >= told.size(); });
    if (!broken_.empty()) return testing::AssertionFailure() << broken_;
    if (told_[id] == told) return testing::AssertionSuccess();
    return testing::AssertionFailure() << "it told " << testing::PrintToString(told_[id]);
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

  /// The network may lose messages, and does while nobody is connected yet.
  void meet() {
    const Step hello{.kind = Step::Kind::send, .text = "hello", .to = 2};
    run_until([&] {
      if (!have_met_) input(1, {hello});
      return have_met_;
    });
    if (!have_met_) throw std::runtime_error("they never meet");
  }

  /// The limit is far above what any machine needs; who waits for it has found a mistake.
  void run_until(const std::function<bool()>& condition) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (!condition() && std::chrono::steady_clock::now() < end) {
      for (const auto& [id, process] : running_) {
        process->io.run_one_for(std::chrono::milliseconds(1));
      }
    }
  }

  void see(NodeId id, const Bytes& output) {
    const std::string text = texts(decoded<Protocol::Output>({output})).front();
    if (text == "from 1: hello") {
      have_met_ = true;
      return;
    }
    told_[id].push_back(text);
    if (broken_.empty()) broken_ = rules_.broken(sight());
  }

  Sight sight() const {
    Sight sight{.told = told_, .disks = {}};
    for (const auto& [id, process] : running_) {
      sight.disks[id] = texts(decoded<Protocol::Record>(process->runner.durable_records()));
    }
    return sight;
  }

  TemporaryFolder folder_;
  std::map<NodeId, asio::ip::tcp::endpoint> nodes_;
  std::map<NodeId, std::unique_ptr<Process>> running_;
  std::map<NodeId, Strings> told_;
  bool have_met_ = false;
  Rules rules_;
  std::string broken_;  // the first rule
};

}  // namespace octet::conformance
