#include <gtest/gtest.h>

#include <asio/buffer.hpp>
#include <asio/io_context.hpp>
#include <asio/steady_timer.hpp>
#include <asio/write.hpp>
#include <chrono>
#include <functional>
#include <latch>
#include <memory>
#include <utility>

#include "runtime/erase/erased_node.h"
#include "runtime/tcp/control.h"
#include "runtime/tcp/frames.h"
#include "runtime/tcp/runner.h"
#include "runtime/tests/conformance/puppet.h"

// What a node does while its disk is far behind. The disk is in the test's hand.

namespace octet::tcp {
namespace {

using asio::ip::tcp;
using conformance::Protocol;
using conformance::Puppet;
using conformance::Step;
using std::chrono::milliseconds;
using Kind = Step::Kind;

/// Nothing becomes durable until somebody lets it.
class HeldDisk final : public Disk {
 public:
  explicit HeldDisk(std::latch& held) : held_(held) {}
  std::vector<Bytes> read() const override { return {}; }
  void write(std::span<const AnyEffect>) override { held_.wait(); }

 private:
  std::latch& held_;
};

class BrokenDisk final : public Disk {
 public:
  std::vector<Bytes> read() const override { return {}; }
  void write(std::span<const AnyEffect>) override { throw DiskError("the disk is on fire"); }
};

constexpr std::uint32_t peer = 2;
const tcp::endpoint loopback{asio::ip::address_v4::loopback(), 0};

/// A puppet, and what it has seen.
struct Node {
  Node() : Node(std::make_unique<HeldDisk>(held)) {}
  explicit Node(std::unique_ptr<Disk> disk)
      : runner(io, {.id = 1, .protocol = "puppet", .listen = loopback, .peers = {{peer, loopback}}},
               make_node(Puppet()), std::move(disk)) {
    runner.on_output = [this](const Bytes& output) {
      Protocol::Output decoded{conformance::Saw()};
      decode(output, decoded);
      seen.push_back(std::get<conformance::Saw>(decoded).what);
    };
    runner.start();
  }
  ~Node() { let_disk_go(); }
  Node(const Node&) = delete;
  Node& operator=(const Node&) = delete;

  void let_disk_go() {
    if (std::exchange(is_held, false)) held.count_down();
  }

  void input(const std::vector<Step>& steps) {
    runner.input(encode(Protocol::Input(conformance::Script{steps})));
  }

  /// Gives the disk more than it may have before it.
  void fall_behind(std::vector<Step> steps = {}) {
    input({{.kind = Kind::persist, .text = "held"}});
    steps.push_back({.kind = Kind::persist, .text = std::string(Backlog::limit, 'x')});
    input(steps);
  }

  /// False when it never will; the limit is far above what any machine needs.
  bool run_until(const std::function<bool()>& condition) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (!condition() && std::chrono::steady_clock::now() < end) {
      io.run_one_for(std::chrono::milliseconds(100));
    }
    return condition();
  }

  /// All that can happen now.
  void run_what_is_ready() {
    for (int i = 0; i < 1'000; ++i) io.poll();
  }

  std::latch held{1};
  bool is_held = true;
  asio::io_context io{1};
  Runner runner;
  std::vector<std::string> seen;
};

TEST(SlowDisk, PeersAreNotReadUntilItHasCaughtUp) {
  Node node;
  node.input({{.kind = Kind::persist, .text = "held"}});
  constexpr std::size_t count = 64;
  constexpr std::size_t megabyte = 1U << 20;
  std::string frames;
  append_frame(frames, encode(Hello{.protocol = "puppet", .from = peer}));
  for (std::size_t i = 0; i < count; ++i) {
    const std::string text = std::to_string(i) + std::string(megabyte, 'x');
    append_frame(frames, encode(Protocol::Message(conformance::Carry{text})));
  }
  tcp::socket socket(node.io);
  socket.connect({loopback.address(), node.runner.port()});
  asio::async_write(socket, asio::buffer(frames), [](asio::error_code, std::size_t) {});

  ASSERT_TRUE(node.run_until([&] { return node.runner.backlog().is_full(); }));
  node.run_what_is_ready();
  EXPECT_LE(node.runner.backlog().bytes(), Backlog::limit + 2 * megabyte) << "it went on reading";
  EXPECT_EQ(node.seen.size(), 1U) << "what it saw is not durable";

  node.let_disk_go();
  ASSERT_TRUE(node.run_until([&] { return node.seen.size() == 1 + count; }));
  for (std::size_t i = 0; i < count; ++i) {
    EXPECT_TRUE(node.seen[1 + i].starts_with("from 2: " + std::to_string(i) + "x")) << i;
  }
}

TEST(SlowDisk, PeopleWaitWithTheirInputsAndMayLook) {
  Node node;
  Control control(node.io, loopback, node.runner, [](std::string_view text) {
    return encode(Protocol::Input(conformance::Script{{{.text = std::string(text)}}}));
  });
  node.fall_behind();
  const std::size_t before = node.runner.backlog().bytes();
  tcp::socket gives(node.io);
  gives.connect({loopback.address(), control.port()});
  asio::write(gives, asio::buffer("input hello\n", 12));
  node.run_what_is_ready();
  tcp::socket looks(node.io);
  looks.connect({loopback.address(), control.port()});
  asio::write(looks, asio::buffer("view\n", 5));
  EXPECT_TRUE(node.run_until([&] { return looks.available() > 0; }));
  EXPECT_EQ(gives.available(), 0U);
  EXPECT_EQ(node.runner.backlog().bytes(), before);

  node.let_disk_go();
  const std::string answers = "ok\noutput Saw {\"what\":\"hello\"}\n";
  EXPECT_TRUE(node.run_until([&] { return gives.available() >= answers.size(); }));
}

TEST(SlowDisk, TimersFireWhenItHasCaughtUp) {
  Node node;
  node.fall_behind({{.kind = Kind::set_timer, .text = "late", .after = milliseconds(1)}});
  const std::size_t before = node.runner.backlog().bytes();
  bool is_over = false;  // the timer's time, since the system's timers expire in order
  asio::steady_timer later(node.io, milliseconds(2));
  later.async_wait([&](asio::error_code) { is_over = true; });
  ASSERT_TRUE(node.run_until([&] { return is_over; }));
  EXPECT_EQ(node.runner.backlog().bytes(), before) << "its handler ran";

  node.let_disk_go();
  EXPECT_TRUE(node.run_until([&] { return node.seen.size() == 2; }));
  EXPECT_EQ(node.seen.back(), "alarm late");
}

TEST(SlowDisk, ATimerThatIsHeldUpCanStillBeCancelled) {
  Node node;
  node.fall_behind({{.kind = Kind::set_timer, .text = "no", .after = milliseconds(1)}});
  bool is_over = false;
  asio::steady_timer later(node.io, milliseconds(2));
  later.async_wait([&](asio::error_code) { is_over = true; });
  ASSERT_TRUE(node.run_until([&] { return is_over; }));
  node.input({{.kind = Kind::cancel_timer, .text = "no"}, {.kind = Kind::emit, .text = "end"}});
  node.let_disk_go();
  EXPECT_TRUE(node.run_until([&] { return node.runner.backlog().is_empty(); }));
  node.run_what_is_ready();
  EXPECT_EQ(node.seen, (std::vector<std::string>{"started with", "end"}));
}

TEST(BrokenDisk, EndsTheNode) {
  Node node(std::make_unique<BrokenDisk>());
  node.input({{.kind = Kind::persist, .text = "x"}, {.kind = Kind::emit, .text = "kept"}});
  EXPECT_THROW(node.run_until([] { return false; }), DiskError);
  EXPECT_EQ(node.seen, std::vector<std::string>{"started with"});
}

}  // namespace
}  // namespace octet::tcp
