#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <asio/buffer.hpp>
#include <asio/read.hpp>
#include <asio/write.hpp>
#include <filesystem>
#include <memory>

#include "runtime/process/child_process.h"
#include "runtime/storage/file_disk.h"
#include "runtime/tcp/frames.h"
#include "runtime/temporary_folder.h"
#include "runtime/tests/control_client.h"

// Nodes as processes, as people start them, under kill -9 and cut links.

namespace octet {
namespace {

namespace fs = std::filesystem;

Launch heard(std::vector<std::string> command) {
  return {.command = std::move(command),
          .output = Launch::Output::pipe,
          .errors = Launch::Output::pipe};
}

/// Two nodes of one program, each with a folder, on ports that nobody else has.
class Pair {
 public:
  explicit Pair(std::string program) : program_(std::move(program)) {
    // Below the ports that the system gives away, and apart from those of tests that run beside us.
    auto port = static_cast<std::uint16_t>(10'000 + getpid() % 5'000 * ports_.size());
    for (std::uint16_t& each : ports_) each = port++;
  }

  std::vector<std::string> command(int id) const {
    return {program_,
            "--id",
            std::to_string(id),
            "--nodes",
            "1=" + std::to_string(ports_[0]),
            "2=" + std::to_string(ports_[1]),
            "--control",
            std::to_string(ports_[static_cast<std::size_t>(id) + 1]),
            "--data",
            (folder_.path() / std::to_string(id)).string()};
  }

  void start(int id) {
    auto& process = processes_[static_cast<std::size_t>(id) - 1];
    process = std::make_unique<ChildProcess>(heard(command(id)));
    auto line = process->read_line();
    while (line && line->find("torn") != std::string::npos) line = process->read_line();
    ASSERT_EQ(line, "node " + std::to_string(id) + " is ready");
  }
  ChildProcess& process(int id) { return *processes_[static_cast<std::size_t>(id) - 1]; }
  void kill_hard(int id) { processes_[static_cast<std::size_t>(id) - 1].reset(); }

  ControlClient control(int id) const {
    return ControlClient(endpoint(static_cast<std::size_t>(id) + 1));
  }
  asio::ip::tcp::endpoint endpoint(std::size_t port) const {
    return {asio::ip::address_v4::loopback(), ports_[port]};
  }
  fs::path records(int id) const { return folder_.path() / std::to_string(id) / "records"; }

 private:
  std::string program_;
  TemporaryFolder folder_;
  std::array<std::uint16_t, 4> ports_{};
  std::array<std::unique_ptr<ChildProcess>, 2> processes_;
};

/// What both nodes show once the primary has told that this entry is stored.
void append(ControlClient& primary, const std::string& entry, int number) {
  ASSERT_EQ(primary.ask("input append " + entry), "ok");
  EXPECT_EQ(primary.read_line(), "output Stored {\"number\":" + std::to_string(number) + "}");
}

TEST(TcpProcess, WhatIsStoredSurvivesKillsOfBoth) {
  Pair pair(OCTET_PRIMARY_BACKUP_NODE);
  pair.start(1);
  pair.start(2);
  {
    ControlClient primary = pair.control(1);
    append(primary, "one", 1);
    pair.kill_hard(2);
    EXPECT_EQ(primary.ask("input append two"), "ok");
    pair.start(2);
    EXPECT_EQ(primary.read_line(), "output Stored {\"number\":2}");
  }
  pair.kill_hard(1);
  pair.kill_hard(2);
  pair.start(2);
  pair.start(1);
  ControlClient primary = pair.control(1);
  append(primary, "three",
         1);  // it counts anew which entries the backup has; the first comes first
  EXPECT_EQ(primary.read_line(), "output Stored {\"number\":2}");
  EXPECT_EQ(primary.read_line(), "output Stored {\"number\":3}");
  EXPECT_EQ(pair.control(2).ask("view"),
            R"({"is_primary":false,"log":["one","two","three"],"copied":0})");
}

TEST(TcpProcess, ACutLinkHoldsEverythingBack) {
  Pair pair(OCTET_PRIMARY_BACKUP_NODE);
  pair.start(1);
  pair.start(2);
  ControlClient primary = pair.control(1);
  append(primary, "one", 1);
  EXPECT_EQ(primary.ask("cut 2"), "ok");
  EXPECT_EQ(primary.ask("input append two"), "ok");
  EXPECT_EQ(pair.control(2).ask("view"), R"({"is_primary":false,"log":["one"],"copied":0})");
  EXPECT_EQ(primary.ask("heal"), "ok");
  EXPECT_EQ(primary.read_line(), "output Stored {\"number\":2}");
}

TEST(TcpProcess, PingsAreAnswered) {
  Pair pair(OCTET_PING_NODE);
  pair.start(1);
  ControlClient asking = pair.control(1);
  EXPECT_EQ(asking.ask("input ask 2"), "ok");
  pair.start(2);
  EXPECT_EQ(asking.read_line(), "output Answered {\"number\":1}");
  EXPECT_EQ(asking.ask("view"), R"({"asked":1,"answered":1})");
}

TEST(TcpProcess, MistakesAtTheControlPortAreAnswered) {
  Pair pair(OCTET_PING_NODE);
  pair.start(1);
  ControlClient control = pair.control(1);
  EXPECT_EQ(control.ask("dance"), "error: say view, cut NODE, heal or input TEXT");
  EXPECT_EQ(control.ask(""), "error: say view, cut NODE, heal or input TEXT");
  EXPECT_EQ(control.ask("cut 7"), "error: no node has this number");
  EXPECT_EQ(control.ask("cut 2x"), "error: no node has this number");
  EXPECT_EQ(control.ask("input ask you"), "error: this is no input of the protocol");
  asio::io_context io;
  asio::ip::tcp::socket endless(io);
  endless.connect(pair.endpoint(2));
  asio::write(endless, asio::buffer(std::string(1 << 20, 'x')));
  std::string answer;
  asio::error_code end;
  asio::read(endless, asio::dynamic_buffer(answer), end);
  EXPECT_EQ(answer, "error: a line has at most 1048576 bytes\n");
}

/// Until the other side has closed the connection.
void say_to(const asio::ip::tcp::endpoint& node, const std::string& bytes) {
  asio::io_context io;
  asio::ip::tcp::socket peer(io);
  peer.connect(node);
  asio::error_code error;
  asio::write(peer, asio::buffer(bytes), error);
  std::array<char, 1> nothing{};
  peer.shutdown(asio::ip::tcp::socket::shutdown_send, error);
  EXPECT_EQ(peer.read_some(asio::buffer(nothing), error), 0U);
}

TEST(TcpProcess, WhoSpeaksGarbageIsNotListenedTo) {
  Pair pair(OCTET_PING_NODE);
  pair.start(1);
  pair.start(2);
  const std::string too_long = "\xff\xff\xff\xff garbage";
  const auto greeting = [](const std::string& protocol, NodeId from) {
    std::string frame;
    tcp::append_frame(frame, encode(tcp::Hello{.protocol = protocol, .from = from}));
    return frame;
  };
  std::string rubbish = greeting("ping", 2);
  tcp::append_frame(rubbish, "rubbish");
  for (const std::string& garbage :
       {std::string(10'000, 'x'), too_long, std::string("\x04\0\0\0none", 8), greeting("pong", 2),
        greeting("ping", 3), rubbish, greeting("ping", 2) + too_long}) {
    say_to(pair.endpoint(0), garbage);
  }
  ControlClient control = pair.control(1);
  EXPECT_EQ(control.ask("input ask 2"), "ok");
  EXPECT_EQ(control.read_line(), "output Answered {\"number\":1}");
  EXPECT_EQ(control.ask("input ask 9"), "ok");

  pair.process(1).signal(SIGTERM);
  std::vector<std::string> complaints;
  while (const auto line = pair.process(1).read_line()) complaints.push_back(*line);
  EXPECT_EQ(complaints,
            (std::vector<std::string>{
                "node 1: refused a connection: what came is no frame of a node",
                "node 1: refused a connection: no node greets like that",
                "node 1: refused a connection: a node of another protocol",
                "node 1: refused a connection: a node that is none of ours",
                "node 1: dropped a message of node 2 that does not decode",
                "node 1: closed a connection of node 2: what came is no frame of a node",
                "node 1: dropped a message to node 9, which is none of ours"}))
      << "each is told once";
  EXPECT_EQ(pair.process(1).wait(), Ending{});
}

TEST(TcpProcess, AFullDiskEndsTheNodeWithOneLine) {
  Pair pair(OCTET_PRIMARY_BACKUP_NODE);
  std::vector<std::string> command = {"sh", "-c", "trap '' XFSZ; ulimit -f 1; exec \"$0\" \"$@\""};
  for (const std::string& word : pair.command(1)) command.push_back(word);
  ChildProcess node(heard(command));
  ASSERT_EQ(node.read_line(), "node 1 is ready");
  pair.control(1).ask("input append " + std::string(10'000, 'x'));
  EXPECT_EQ(node.read_line(), "node 1: write to " + pair.records(1).string() + ": File too large");
  EXPECT_EQ(node.read_line(), std::nullopt);
  EXPECT_EQ(node.wait(), Ending{.exit_code = 1});
}

TEST(TcpProcess, ACheckOfTheCommandLineStartsNothing) {
  Pair pair(OCTET_PING_NODE);
  auto command = pair.command(1);
  command.push_back("--check");
  ChildProcess process(heard(command));
  EXPECT_EQ(process.read_line(), std::nullopt);
  EXPECT_EQ(process.wait(), Ending{});
  EXPECT_FALSE(fs::exists(pair.records(1)));
}

TEST(TcpProcess, WhatKeepsANodeFromStartingIsOneLine) {
  Pair pair(OCTET_PING_NODE);
  pair.start(1);
  const auto complaint = [](const std::vector<std::string>& command, int exit_code = 1) {
    ChildProcess process(heard(command));
    const std::string line = process.read_line().value_or("nothing");
    EXPECT_EQ(process.read_line(), std::nullopt) << "one line is enough";
    EXPECT_EQ(process.wait(), Ending{.exit_code = exit_code});
    return line;
  };
  auto same = pair.command(1);
  EXPECT_NE(complaint(same).find("another process uses the data in"), std::string::npos);
  same.back() += "-other";
  EXPECT_EQ(complaint(same), "node 1: one of its ports is in use; choose others");
  auto other = pair.command(2);
  other[2] = "3";
  EXPECT_EQ(complaint(other), "node 3: --nodes does not name node 3");
  other = pair.command(2);
  other[5] = "2:7000";
  EXPECT_EQ(complaint(other), "node 2: \"2:7000\" is no node; write NUMBER=PORT");
  other = pair.command(2);
  other[4] = other[5];
  EXPECT_EQ(complaint(other), "node 2: node 2 is named twice");
  other[2] = "one";
  EXPECT_EQ(complaint(other, 2), "ping: Could not convert: --id = one (--help says more)");
  other.push_back("--check");
  EXPECT_EQ(complaint(other, 2), "ping: Could not convert: --id = one (--help says more)");
  pair.kill_hard(1);
  auto strange = pair.command(1);
  strange[0] = OCTET_PRIMARY_BACKUP_NODE;
  EXPECT_NE(complaint(strange).find("is not this protocol's"), std::string::npos);
  strange.back() += "-strange";
  FileDisk(strange.back(), "primary_backup")
      .write(std::vector{AnyEffect{.kind = AnyEffect::Kind::persist, .bytes = "\xff"}});
  EXPECT_EQ(complaint(strange),
            "node 1: cannot start: record 1 of 1 on its disk is none of its protocol's");
}

}  // namespace
}  // namespace octet
