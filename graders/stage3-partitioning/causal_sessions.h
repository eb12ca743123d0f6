#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "graders/stage3-partitioning/store_cluster.h"

namespace octet::store {

/// Applications that use the causal level, and what each of them depends on, transitively and over
/// all keys. Each read has to show that, or what has replaced it, or to fail; otherwise the run
/// ends there (CL2). No two writes of a run have the same value.
class CausalSessions {
 public:
  CausalSessions(sim::World& world, StoreCluster& store);
  CausalSessions(const CausalSessions&) = delete;
  CausalSessions& operator=(const CausalSessions&) = delete;

  using Id = std::size_t;

  /// One that has seen nothing yet.
  Id open();
  /// One that goes on from where that one is.
  Id copy_of(Id session);

  // Requests of a session, which has none under way. They return the number for
  // StoreCluster::asked(). A write takes the place of what its session was shown last of the key.

  std::size_t get(Id session, NodeId node, const std::string& key);
  std::size_t put(Id session, NodeId node, const std::string& key, const std::string& value);
  std::size_t del(Id session, NodeId node, const std::string& key);

  /// Whether it has ended; or will not, with its node.
  bool is_free(Id session) const;

  std::size_t sessions() const { return sessions_.size(); }

 private:
  using Writes = std::set<std::size_t>;

  struct Write {
    std::string key;
    std::optional<std::string> value;
    Writes replaces = {};  // with all that those have replaced
    Writes past = {};      // what its session depended on
    Id writer = 0;
  };

  struct Session {
    std::string text = {};
    Writes past = {};
    struct Shown {
      std::string context = {};
      Writes writes = {};  // with all that those have replaced
    };
    std::map<std::string, Shown> shown = {};  // last, of each key
    std::optional<std::size_t> request = {};
    std::optional<std::size_t> write = {};  // that the request makes
  };

  std::size_t write(Id session, Write write);
  std::string problem();
  std::string end(Id id);
  std::string show(Id id, const std::string& key, const Got& got);
  std::string what_is_missing(const Session& session, const std::string& key,
                              const Writes& shown) const;
  bool shows(const Writes& shown, std::size_t write) const;
  void see_deletions(Session& session, const std::string& key, const Writes& shown);
  Writes replacements_of(std::size_t write) const;
  std::string text_of(std::size_t write) const;

  sim::World& world_;
  StoreCluster& store_;
  std::size_t ended_ = 0;  // requests, when it was looked at them last
  std::vector<Write> writes_;
  std::map<std::pair<std::string, std::string>, std::size_t> by_value_;  // and key
  std::vector<Session> sessions_;
};

}  // namespace octet::store
