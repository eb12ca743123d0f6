#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <asio/buffer.hpp>
#include <asio/write.hpp>
#include <filesystem>
#include <memory>

#include "runtime/process/child_process.h"
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
}

TEST(TcpProcess, WhoSpeaksGarbageIsNotListenedTo) {
  Pair pair(OCTET_PING_NODE);
  pair.start(1);
  pair.start(2);
  asio::io_context io;
  for (const std::string& garbage :
       {std::string(10'000, 'x'), std::string("\xff\xff\xff\xff garbage"),
        std::string("\x04\0\0\0none", 8)}) {
    asio::ip::tcp::socket peer(io);
    peer.connect(pair.endpoint(0));
    asio::error_code error;
    asio::write(peer, asio::buffer(garbage), error);
    std::array<char, 1> nothing{};
    peer.shutdown(asio::ip::tcp::socket::shutdown_send, error);
    EXPECT_EQ(peer.read_some(asio::buffer(nothing), error), 0U);
  }
  ControlClient control = pair.control(1);
  EXPECT_EQ(control.ask("input ask 2"), "ok");
  EXPECT_EQ(control.read_line(), "output Answered {\"number\":1}");
}

TEST(TcpProcess, WhatKeepsANodeFromStartingIsOneLine) {
  Pair pair(OCTET_PING_NODE);
  pair.start(1);
  const auto complaint = [](const std::vector<std::string>& command) {
    ChildProcess process(heard(command));
    const std::string line = process.read_line().value_or("nothing");
    EXPECT_EQ(process.read_line(), std::nullopt) << "one line is enough";
    EXPECT_EQ(process.wait(), Ending{.exit_code = 1});
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
  pair.kill_hard(1);
  auto strange = pair.command(1);
  strange[0] = OCTET_PRIMARY_BACKUP_NODE;
  EXPECT_NE(complaint(strange).find("is not this protocol's"), std::string::npos);
}

}  // namespace
}  // namespace octet
