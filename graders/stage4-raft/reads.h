#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "graders/stage4-raft/cluster.h"

namespace octet::raft {

/// The applications of a cluster's servers, which read. Holds RD1 at every answer: what any server
/// had told to be committed when the read came is before the index. A read that was not asked, or
/// has its answer, has no other one.
class Reader {
 public:
  Reader(sim::World& world, Cluster& cluster);
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  /// One read of this server. Each of its lives counts them from 1, as an application does that
  /// has crashed with it. Of a server that is down it is none.
  struct Question {
    NodeId at;
    std::uint64_t life = 0;
    std::uint64_t number = 0;
    auto operator<=>(const Question&) const = default;
  };
  Question read(NodeId at);
  std::vector<Question> read_many(NodeId at, std::size_t count);

  /// Reads there every so often, from now on for that time, and runs meanwhile.
  void read_for(NodeId at, Duration every, Duration time);

  /// The same at all servers in turn; to be run yet.
  void keep_reading(Duration every, Duration until);

  bool is_answered(const Question& question) const { return answers_.contains(question); }
  bool has_ended(const Question& question) const;  // refused, or answered

  /// How many reads this server has answered with an index, in all its lives.
  std::size_t answered(NodeId at) const;

  /// A command is committed, and a read of a leader among these servers is answered: so no test
  /// is passed by who never answers. All that reads have to see
  /// is committed in the end.
  void expect_read(const std::vector<NodeId>& among);

 private:
  void hear(NodeId at, const Output& output);
  void check_open(const Question& question);
  void check_index(const Question& question, Index index);
  void expect_no_index_ahead(const std::vector<NodeId>& among);
  bool is_reached(const std::vector<NodeId>& among) const;

  sim::World& world_;
  Cluster& cluster_;
  std::map<Question, Committed> before_;  // what was committed last then; index 0 for nothing
  std::map<Question, Index> answers_;
  std::set<Question> refused_;
  std::map<NodeId, std::pair<std::uint64_t, std::uint64_t>> last_;  // life, number
};

Config that_reads(Reads reads, std::uint32_t most_drift = 10'000);

inline constexpr Reads both_ways[] = {Reads::index, Reads::lease};

}  // namespace octet::raft
