#include <algorithm>
#include <memory>
#include <vector>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/world/simulate.h"
#include "graders/stage4-raft/reads.h"
#include "graders/stage4-raft/replication.h"
#include "graders/stage4-raft/text.h"

/// What a read takes when all is well (dissertation, §6.4).
namespace octet::raft {
namespace {

using namespace std::chrono_literals;
using grading::simulate;
using sim::Envelope;
using sim::World;

bool have_ended(const Reader& reader, const std::vector<Reader::Question>& questions) {
  return std::ranges::all_of(questions, [&](const auto& each) { return reader.has_ended(each); });
}

/// Also when as many as may be are down, and when messages get lost.
void read_somehow(World& world, std::size_t size, Reads reads) {
  Cluster cluster(world, size, that_reads(reads));
  Reader reader(world, cluster);
  const NodeId leader = cluster.wait_for_a_settled_leader();
  reader.expect_read(cluster.servers());
  for (const NodeId id : cluster.servers()) {
    const auto questions = reader.read_many(id, 5);
    EXPECT_TRUE(world.run_until([&] { return have_ended(reader, questions); }, 5s))
        << "no message is lost, and reads at " << name(id) << " have no answer";
  }
  const auto others = cluster.others({leader});
  for (std::size_t up = size; up > cluster.majority(); --up) world.crash(others[up - 2]);
  std::vector<NodeId> rest = cluster.servers();
  std::erase_if(rest, [&](NodeId id) { return !world.is_up(id); });
  reader.expect_read(rest);

  const NodeId last = cluster.wait_for_a_settled_leader(rest);
  cluster.expect_progress(rest);
  bool is_lost = true;
  world.drop([&](const Envelope& sent) { return is_lost && sent.from == last; });
  const auto question = reader.read(last);
  world.run_for(50ms);
  is_lost = false;
  EXPECT_TRUE(world.run_until([&] { return reader.has_ended(question); }, 5s))
      << "what " << name(last) << " sent for 50 ms was lost, and a read of then has no answer";
}

/// Counts what is sent from now on.
std::shared_ptr<std::uint64_t> count_messages(World& world) {
  auto count = std::make_shared<std::uint64_t>(0);
  world.drop([=](const Envelope&) {
    ++*count;
    return false;  // it only counts
  });
  return count;
}

/// Of all logs and disks together.
std::uint64_t entries_and_records(const World& world, const Cluster& cluster) {
  std::uint64_t count = 0;
  for (const NodeId id : cluster.servers()) {
    count += cluster.view(id).log.size() + world.durable_records(id).size();
  }
  return count;
}

/// Many reads at a moment, and many one after the other.
void read_much(World& world, Reads reads) {
  Cluster cluster(world, 5, that_reads(reads));
  Reader reader(world, cluster);
  reader.expect_read(cluster.servers());
  const NodeId leader = cluster.wait_for_a_settled_leader();
  expect_agreement(world, cluster);
  world.run_for(heartbeats(cluster, 10));
  const std::uint64_t before = entries_and_records(world, cluster);
  const std::size_t answered_before = reader.answered(leader);
  const auto messages = count_messages(world);
  const Duration begin = world.now();
  constexpr std::uint64_t count = 100;
  reader.read_many(leader, count);
  world.run_for(heartbeats(cluster, 5));
  EXPECT_EQ(reader.answered(leader), answered_before + count) << "of 100 reads at a moment";
  for (std::uint64_t i = 0; i < count; ++i) {
    const auto question = reader.read(leader);
    EXPECT_TRUE(world.run_until([&] { return reader.is_answered(question); }, 5s));
  }
  EXPECT_LE(entries_and_records(world, cluster), before) << "entries and records, after reads";
  const auto beats = static_cast<std::uint64_t>((world.now() - begin) / heartbeats(cluster, 1));
  EXPECT_LE(*messages, 3 * 2 * 4 * (2 * count + beats + 1))
      << "messages, for " << 2 * count << " reads and " << beats << " heartbeats";
}

/// A fifth of what others may have: who sends more and more messages fails with fewer of them.
const sim::WorldOptions little = {.max_events = 20'000};

GRADED_TEST(Reads, ALeaderAnswers, 1,
            "a leader that reaches a majority answers reads, also when others are down or messages "
            "get lost. They add nothing to logs and disks, and cost three rounds of messages each "
            "at most. When nothing is lost, each server answers or refuses (§8, raft.h)") {
  for (const Reads reads : both_ways) {
    for (const std::size_t size : {1U, 2U, 3U, 5U}) {
      simulate({.options = little, .runs = 2},
               [&](World& world) { read_somehow(world, size, reads); });
    }
    simulate({.options = little}, [&](World& world) { read_much(world, reads); });
  }
}

}  // namespace
}  // namespace octet::raft
