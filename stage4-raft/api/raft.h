#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "runtime/node.h"

/// Raft: servers that keep one log of commands, although some of them are down or cut off (Ongaro
/// and Ousterhout 2014, extended version; "§" and "Figure" mean that paper).
///
/// A server crashes and starts again with what it has persisted. Messages are lost, come twice,
/// late, and in any order. What they say, and what is persisted, is the student's choice.
/// "Dissertation" means Ongaro 2014, "Consensus: Bridging Theory and Practice".
namespace octet::raft {

/// Terms number the elections (§5.1). 0 is before the first one.
enum class Term : std::uint64_t {};

/// A place in the log.
enum class Index : std::uint64_t {};

constexpr Term operator+(Term term, std::uint64_t count) {
  return Term{static_cast<std::uint64_t>(term) + count};
}
constexpr Index operator+(Index index, std::uint64_t count) {
  return Index{static_cast<std::uint64_t>(index) + count};
}
constexpr Index operator-(Index index, std::uint64_t count) {
  return Index{static_cast<std::uint64_t>(index) - count};
}
/// How far apart they are; `to` is not before `from`.
constexpr std::uint64_t operator-(Index to, Index from) {
  return static_cast<std::uint64_t>(to) - static_cast<std::uint64_t>(from);
}

/// What one place of the log holds. A command that is empty is nobody's: a leader may write one for
/// its own purposes (§8), and it is not applied.
struct Entry {
  Term term{};  // in which a leader received it
  std::string command;
  bool operator==(const Entry&) const = default;
};

/// How the state that the log leads to can be read (dissertation, §6.4).
enum class Reads : std::uint8_t {
  log,    // as a command: each read is an entry
  index,  // without an entry: the leader asks a majority whether it still leads
  lease,  // without that, too, for as long as nobody else can lead
};

struct Config {
  std::vector<NodeId> servers;  // all of the cluster, this one too
  /// Who hears of no leader for so long, or up to twice so long, stands for election (§5.2).
  Duration election_timeout = std::chrono::milliseconds(300);
  /// A leader is heard by each server that it reaches at least so often.
  Duration heartbeat = std::chrono::milliseconds(100);
  /// The commands in one message have at most so many bytes together; a single one may have more.
  std::size_t most_bytes = 64 * 1024;
  Reads reads = Reads::log;
  /// The clock of a server runs fast or slow by so many millionths at most; below a million.
  std::uint32_t most_drift = 10'000;

  // Of the challenges. As they are here, they ask for nothing.
  /// Who hears of no leader asks first whether a majority would vote for it, and stays in its term
  /// until it knows (dissertation, §9.6).
  bool pre_vote = false;
  /// So many requests with entries may be under way to one follower (dissertation, §10.2.1).
  std::size_t most_requests = 1;
  bool operator==(const Config&) const = default;
};

/// The application proposes a command, which is not empty. It may come again and is another
/// proposal then.
struct Propose {
  std::string command;
};

/// The application wants to read, and not by the log: with Reads::log it never does. Numbers are
/// the application's; it uses none twice in a life of the server, and begins anew after a crash.
/// One answer comes: ReadAt or NoRead. None does when the server crashes, while it hears too few of
/// the others, or when it asks another one and a message is lost.
struct Read {
  std::uint64_t number = 0;
};

/// The application wants another server to lead: this one may be about to stop (dissertation,
/// §3.10). A leader brings that server's log up to its own and tells it to stand for election at
/// once. Meanwhile it takes no proposals. When an election timeout later it still leads, it goes on
/// as before. Who does not lead does nothing, and so does a leader for itself or for a stranger.
struct Transfer {
  NodeId to{};
};

/// This server does not lead, or is giving its place away: the proposal is in no log, and never
/// will be.
struct NotLeader {
  std::string command;
  std::optional<NodeId> leader = {};  // who may, as far as this server knows
};

/// The entry is committed: in the log of every later leader, for ever (§5.3, §5.4). Told in the
/// order of the log, each entry once in each life of a server, empty commands left out.
struct Committed {
  Index index{};
  Term term{};
  std::string command;
  bool operator==(const Committed&) const = default;
};

/// Who has applied all up to this index may answer the read: all that any server had told to be
/// committed when the read came is there (dissertation, §6.4). This server itself may not have told
/// so much yet. It has when its View::commit_index is there: the entry may be an empty one.
struct ReadAt {
  std::uint64_t number = 0;
  Index index{};
};

/// This server cannot tell. The application may ask another one.
struct NoRead {
  std::uint64_t number = 0;
  std::optional<NodeId> leader = {};  // as in NotLeader
};

using Input = std::variant<Propose, Read, Transfer>;
using Output = std::variant<NotLeader, Committed, ReadAt, NoRead>;

enum class Role : std::uint8_t { follower, candidate, leader };

/// What a server holds for true at the moment, durable or not. Refers to the server's log.
struct View {
  Role role = Role::follower;
  Term term{};
  std::optional<NodeId> voted_for = {};  // in this term
  Index first{1};                        // the index of the first entry of `log`
  std::span<const Entry> log = {};
  Index commit_index{};  // of the last entry that it knows to be committed; before `first`: none
};

}  // namespace octet::raft
