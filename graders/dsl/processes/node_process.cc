#include "graders/dsl/processes/node_process.h"

#include <asio/buffer.hpp>
#include <asio/co_spawn.hpp>
#include <asio/use_awaitable.hpp>
#include <asio/write.hpp>
#include <chrono>
#include <string>
#include <thread>
#include <utility>

#include "runtime/storage/file_disk.h"
#include "runtime/tcp/frames.h"
#include "runtime/tcp/runner.h"
#include "runtime/tcp/spawn.h"

namespace octet::grading {
namespace {

using asio::ip::tcp;

/// As slow as disks are that turn: a kill finds something under way. No verdict depends on it.
class SlowDisk final : public Disk {
 public:
  explicit SlowDisk(const NodePlan& plan) : file_(plan.data, plan.protocol) {}

  std::vector<Bytes> read() const override { return file_.read(); }
  void write(std::span<const AnyEffect> writes) override {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    file_.write(writes);
  }

 private:
  FileDisk file_;
};

octet::tcp::RunnerOptions options_of(const NodePlan& plan) {
  octet::tcp::RunnerOptions options{
      .id = plan.id, .protocol = plan.protocol, .listen = {}, .peers = plan.nodes};
  options.listen = options.peers.extract(plan.id).mapped();
  return options;
}

class HostedNode {
 public:
  HostedNode(asio::io_context& io, const NodePlan& plan)
      : runner_(io, options_of(plan), plan.make(), std::make_unique<SlowDisk>(plan)),
        door_(io, {asio::ip::address_v4::loopback(), 0}),
        test_(io) {
    runner_.on_output = [this](const Bytes& output) { tell(output); };
    runner_.start();
    asio::co_spawn(
        io, [this] { return serve(); }, octet::tcp::rethrow);
  }

  std::uint16_t port() const { return door_.local_endpoint().port(); }

 private:
  asio::awaitable<void> serve() {
    test_ = co_await door_.async_accept(asio::use_awaitable);
    octet::tcp::FrameReader frames(test_);
    while (const auto frame = co_await frames.next()) {
      AtTheDoor said;
      decode(*frame, said);
      std::visit([this](const auto& what) { act_upon(what); }, said);
    }
  }

  void act_upon(const Take& what) { runner_.input(what.input); }
  void act_upon(const CutOff& what) {
    runner_.heal();
    for (const NodeId peer : what.from) runner_.cut(peer);
  }

  /// May wait for the test, which reads all that comes.
  void tell(const Bytes& output) {
    std::string frame;
    octet::tcp::append_frame(frame, output);
    asio::error_code gone;
    asio::write(test_, asio::buffer(frame), gone);
  }

  octet::tcp::Runner runner_;
  tcp::acceptor door_;
  tcp::socket test_;
};

}  // namespace

StartServer start_node(NodePlan plan) {
  return [plan = std::move(plan)](asio::io_context& io) -> HostedServer {
    auto node = std::make_shared<HostedNode>(io, plan);
    const std::uint16_t port = node->port();
    return {.server = std::move(node), .port = port, .stop = [&io] { io.stop(); }};
  };
}

}  // namespace octet::grading
