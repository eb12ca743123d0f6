#include "graders/stage4-raft/reads.h"

#include <fmt/format.h>

#include <algorithm>

#include "graders/dsl/graded_test.h"
#include "graders/stage4-raft/text.h"
#include "runtime/erase/json.h"

namespace octet::raft {

Reader::Reader(sim::World& world, Cluster& cluster) : world_(world), cluster_(cluster) {
  for (const NodeId id : cluster.servers()) {
    world.listen<Output>(id, [this, id](const Output& output) { hear(id, output); });
  }
}

Reader::Question Reader::read(NodeId at) {
  const std::uint64_t life = world_.lives(at);
  if (!world_.is_up(at)) return {at, life, 0};
  auto& [known_life, last] = last_[at];
  if (known_life != life) last = 0;
  known_life = life;
  const Question question{at, life, ++last};
  const auto& committed = cluster_.figure3().committed();
  before_[question] = committed.empty() ? Committed{} : committed.back();
  world_.input(at, Input(Read{question.number}));
  return question;
}

std::vector<Reader::Question> Reader::read_many(NodeId at, std::size_t count) {
  std::vector<Question> questions;
  for (std::size_t i = 0; i < count; ++i) questions.push_back(read(at));
  return questions;
}

void Reader::read_for(NodeId at, Duration every, Duration time) {
  for (Duration passed{}; passed < time; passed += every) {
    read(at);
    world_.run_for(every);
  }
}

void Reader::keep_reading(Duration every, Duration until) {
  std::size_t turn = 0;
  for (Duration at = world_.now(); at < until; at += every, ++turn) {
    const NodeId server = cluster_.servers()[turn % cluster_.servers().size()];
    world_.at(at, [this, server] { read(server); });
  }
}

bool Reader::has_ended(const Question& question) const {
  return is_answered(question) || refused_.contains(question);
}

std::size_t Reader::answered(NodeId at) const {
  return static_cast<std::size_t>(
      std::ranges::count_if(answers_, [=](const auto& each) { return each.first.at == at; }));
}

void Reader::hear(NodeId id, const Output& output) {
  const std::uint64_t life = world_.lives(id);
  if (const auto* at = std::get_if<ReadAt>(&output)) {
    const Question question{id, life, at->number};
    check_open(question);
    answers_.emplace(question, at->index);
    check_index(question, at->index);
  }
  if (const auto* none = std::get_if<NoRead>(&output)) {
    const Question question{id, life, none->number};
    check_open(question);
    refused_.insert(question);
  }
}

void Reader::check_open(const Question& question) {
  if (before_.contains(question) && !has_ended(question)) return;
  world_.fail(
      "each read has one answer",
      fmt::format("{} answers read {}, which {} (raft.h)", name(question.at), question.number,
                  has_ended(question) ? "has its answer" : "nobody has asked in its present life"));
}

void Reader::check_index(const Question& question, Index index) {
  const Committed& before = before_[question];
  if (before.index <= index) return;
  world_.fail("a read reflects what was committed before it",
              fmt::format("{} answers read {} as of index {}; when that read came, {} at index {} "
                          "had been told to be committed (RD1)",
                          name(question.at), question.number, number(index),
                          text_of({before.term, before.command}), number(before.index)));
}

void Reader::expect_read(const std::vector<NodeId>& among) {
  constexpr int tries = 5;  // a leader may lose its place while it is asked
  for (int i = 0; i < tries; ++i) {
    cluster_.expect_progress(among);
    const Question question = read(cluster_.wait_for_leader(among));
    if (world_.run_until([&] { return is_answered(question); }, cluster_.election_bound() / 4)) {
      return expect_no_index_ahead(among);
    }
  }
  grading::fail(fmt::format(
      "a command was committed, then the leader was asked to read, and did not answer within {}, "
      "{} times: a majority can talk, so it can know that it still leads (RD1)",
      erase::duration_text(cluster_.election_bound() / 4), tries));
}

/// An index may be that of an entry which is not committed yet, or never, as long as others come
/// to its place.
void Reader::expect_no_index_ahead(const std::vector<NodeId>& among) {
  constexpr int tries = 30;
  for (int i = 0; i < tries && !is_reached(among); ++i) cluster_.expect_progress(among);
  if (is_reached(among)) return;
  grading::fail(
      fmt::format("a read was answered as of an index that is not committed after {} more "
                  "commands: who waits for that may wait for ever",
                  tries));
}

bool Reader::is_reached(const std::vector<NodeId>& among) const {
  Index reached{};
  for (const NodeId id : among) reached = std::max(reached, cluster_.view(id).commit_index);
  return std::ranges::all_of(answers_, [=](const auto& each) { return each.second <= reached; });
}

Config that_reads(Reads reads, std::uint32_t most_drift) {
  Config config;
  config.reads = reads;
  config.most_drift = most_drift;
  return config;
}

}  // namespace octet::raft
