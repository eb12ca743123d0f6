#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "runtime/sim/world.h"
#include "stage4-raft/api/raft.h"

namespace octet::raft {

/// The properties of Figure 3, and what goes with them, held after every event: what breaks one
/// fails the world. Knows what each server has shown so far.
class Figure3 {
 public:
  /// Watches the servers, which are in the world already.
  Figure3(sim::World& world, std::vector<NodeId> servers);
  Figure3(const Figure3&) = delete;
  Figure3& operator=(const Figure3&) = delete;

  /// What is committed, in the order of the log.
  const std::vector<Committed>& committed() const { return committed_; }

  /// How many commands this server has told to be committed, in its present life.
  std::size_t committed_at(NodeId id) const;

  /// Leaders so far, each with its term.
  const std::map<Term, NodeId>& leaders() const { return leaders_; }

 private:
  /// What a server has shown last. While it is down this is what it knew before.
  struct Known {
    std::uint64_t life = 0;
    std::uint64_t handled = 0;
    bool is_new = true;  // nothing of this life is known
    Role role = Role::follower;
    Term term{};
    std::optional<NodeId> voted_for = {};
    Index first{};
    Index commit_index{};
    std::vector<Entry> log = {};
    std::vector<std::uint64_t> digests = {};  // of all entries up to each one
    std::size_t told = 0;
  };

  Known& known(NodeId id);
  std::string look();
  std::string look_at(NodeId id);
  void take_over(Known& known, const View& view, std::size_t same);

  // Each says what is wrong with what the server shows now, or "". The first `same` entries are
  // those that were shown last.
  std::string wrong_term(NodeId id, const Known& known, const View& now) const;
  std::string wrong_vote(NodeId id, const Known& known, const View& now) const;
  std::string wrong_commit_index(NodeId id, const Known& known, const View& now) const;
  std::string wrong_change_of_log(NodeId id, const Known& known, const View& now,
                                  std::size_t same) const;
  std::string wrong_order(NodeId id, const View& now, std::size_t from) const;
  std::string wrong_leader(NodeId id, const View& now);
  std::string wrong_match(NodeId id) const;

  void hear(NodeId id, const Committed& committed);
  bool is_on_majority(const Committed& committed) const;

  sim::World& world_;
  std::map<NodeId, Known> servers_;
  std::map<Term, NodeId> leaders_;
  std::vector<Committed> committed_;
  /// The terms of those who told of it first. Who leads in an earlier one may have been elected
  /// before, and learn it late.
  std::vector<Term> committed_in_;
};

}  // namespace octet::raft
