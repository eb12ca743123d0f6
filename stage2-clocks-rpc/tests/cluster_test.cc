// The stage's project as processes over TCP, through kill -9 and a broken network.
#include "tools/cluster/cluster.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <asio/io_context.hpp>
#include <chrono>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "runtime/temporary_folder.h"

namespace octet::cluster {
namespace {

/// Nodes of one program, and what each has said so far.
class Room {
 public:
  Room(const char* program, int nodes) {
    // Below the ports that the system gives away, and apart from those of tests that run beside us.
    const auto port = static_cast<std::uint16_t>(10'000 + getpid() % 1'500 * 8);
    cluster_ = std::make_unique<Cluster>(
        io_, Setup{.program = program, .data = folder_.path(), .nodes = nodes, .first_port = port},
        [this](const std::string& line) { said_.push_back(line); });
    cluster_->start();
    for (int id = 1; id <= nodes; ++id) await_ready(id, 1);
  }

  void type(const std::string& line) { cluster_->obey(line); }

  void restart(int id) {
    const std::size_t before = lines(id, "node ").size();
    type("restart " + std::to_string(id));
    await_ready(id, before + 1);
  }

  /// What a node said, of the lines that begin so, without that.
  std::vector<std::string> lines(int id, const std::string& begin) const {
    const std::string prefix = std::to_string(id) + " | " + begin;
    std::vector<std::string> found;
    for (const std::string& line : said_) {
      if (line.starts_with(prefix)) found.push_back(line.substr(prefix.size()));
    }
    return found;
  }

  /// Whether it comes about; who waits for the limit has found a mistake.
  bool becomes(const std::function<bool()>& condition) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (!condition()) {
      if (std::chrono::steady_clock::now() > end) return false;
      io_.run_one_for(std::chrono::milliseconds(100));
      if (io_.stopped()) io_.restart();
    }
    return true;
  }

 private:
  void await_ready(int id, std::size_t times) {
    ASSERT_TRUE(becomes([&] { return lines(id, "node ").size() >= times; })) << "node " << id;
  }

  TemporaryFolder folder_;
  asio::io_context io_{1};
  std::vector<std::string> said_;
  std::unique_ptr<Cluster> cluster_;
};

/// What node `id` has read since its last start: a restart shows the room again from its beginning.
std::vector<std::string> read_by(const Room& room, int id, std::size_t from = 0) {
  std::vector<std::string> all = room.lines(id, "output Delivered ");
  all.erase(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(from));
  return all;
}

TEST(Chat, EverybodyReadsTheSameThroughAKillAndAPartition) {
  Room room(OCTET_CHAT_NODE, 3);
  room.type("input 1 one");
  room.type("input 2 two");
  ASSERT_TRUE(room.becomes([&] { return read_by(room, 2).size() == 2; }));
  room.type("kill 2");
  room.type("input 1 three");
  room.type("input 3 four");
  room.restart(2);
  ASSERT_TRUE(room.becomes([&] { return read_by(room, 2, 2).size() == 4; }));
  room.type("cut 1 3");
  room.type("input 1 five");
  room.type("input 3 six");
  room.type("heal");
  for (const int id : {1, 3}) {
    ASSERT_TRUE(room.becomes([&] { return read_by(room, id).size() == 6; })) << "node " << id;
  }
  ASSERT_TRUE(room.becomes([&] { return read_by(room, 2, 2).size() == 6; }));
  EXPECT_EQ(read_by(room, 1), read_by(room, 3));
  EXPECT_EQ(read_by(room, 1), read_by(room, 2, 2));
}

TEST(UnorderedChat, AnAnswerIsReadBeforeItsQuestion) {
  Room room(OCTET_UNORDERED_CHAT_NODE, 3);
  room.type("cut 1 3");
  room.type("input 1 lunch?");
  ASSERT_TRUE(room.becomes([&] { return read_by(room, 2).size() == 1; }));
  room.type("input 2 yes");
  ASSERT_TRUE(room.becomes([&] { return read_by(room, 3).size() == 1; }));
  room.type("heal");
  ASSERT_TRUE(room.becomes([&] { return read_by(room, 3).size() == 2; }));
  EXPECT_NE(read_by(room, 3), read_by(room, 2));
}

std::vector<std::string> results(const Room& room, int id) {
  return room.lines(id, "output Returned ");
}

TEST(Queue, EveryCallIsExecutedOnceThroughAKillAndAPartition) {
  Room room(OCTET_QUEUE_NODE, 3);
  room.type("input 2 enqueue first");
  ASSERT_TRUE(room.becomes([&] { return results(room, 2).size() == 1; }));
  room.type("kill 1");
  room.type("input 2 enqueue second");
  room.restart(1);
  ASSERT_TRUE(room.becomes([&] { return results(room, 2).size() == 2; }));
  room.type("cut 1 3");
  room.type("input 3 receive");
  room.type("heal");
  ASSERT_TRUE(room.becomes([&] { return results(room, 3).size() == 1; }));
  EXPECT_EQ(results(room, 3)[0], R"({"tag":1,"result":"\"first\", receipt 1"})");
  room.type("input 3 ack 1");
  room.type("input 3 receive");
  room.type("input 3 receive");
  ASSERT_TRUE(room.becomes([&] { return results(room, 3).size() == 4; }));
  std::vector<std::string> last = results(room, 3);
  last.erase(last.begin());
  const auto has = [&](const std::string& part) {
    return std::ranges::any_of(
        last, [&](const std::string& line) { return line.find(part) != std::string::npos; });
  };
  EXPECT_TRUE(has("\"result\":\"done\"")) << "acknowledged";
  EXPECT_TRUE(has("second")) << "once, and after the first";
  EXPECT_TRUE(has("\"result\":\"empty\"")) << "there were two";
}

}  // namespace
}  // namespace octet::cluster
