#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "runtime/node.h"

/// A leader and its followers keep one log of writes. The leader takes them and sends them on; a
/// write is acknowledged when it is durable on as many replicas as the configuration says.
///
/// Who leads is not voted upon: an *operator* decides when somebody else has to, as the controller
/// of Kafka does. It hands FailOver to some replica that is up, with an epoch that is higher than
/// all before. Which replica leads then is for the replicas to find out: whoever it is has every
/// write that was acknowledged synchronously (LF4).
///
/// Replicas crash and start again with what they have persisted; messages are lost, come twice,
/// late, and in any order. What they say is the student's choice.
namespace octet::followers {

/// Numbers the times between two fail-overs; 0 is before the first one. At most one replica ever
/// leads in an epoch.
enum class Epoch : std::uint64_t {};

/// Places in the log; the first entry has 1.
enum class Index : std::uint64_t {};

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

struct Config {
  std::vector<NodeId> replicas = {};  // all of them, this one too
  /// A write is acknowledged when it is durable on so many replicas, the leader among them (LF1).
  /// With fewer than that in reach it waits, however long (LF8). With 1 replication is
  /// asynchronous: a fail-over may lose what was acknowledged, and a leader that nobody has reached
  /// goes on without knowing.
  std::size_t durable_on = 2;
  /// Who has had no answer for so long sends again; a leader is heard at least so often.
  Duration retry = std::chrono::milliseconds(100);
  std::size_t most_entries = 100;  // in one message
  std::size_t most_waiting = 100;  // reads that one replica lets wait
  bool operator==(const Config&) const = default;
};

// Writes. A counter is a key whose value is a number in decimal, with a minus sign below 0; any
// other value, and a key that nobody has written, count as 0. Sums are taken modulo 2^64, and shown
// as signed numbers of 64 bits. What "+5", "007", " 5" and a number out of range count as is yours
// to choose.

struct Put {
  std::string key;
  std::string value;
  bool operator==(const Put&) const = default;
};
struct Add {
  std::string key;
  std::int64_t amount = 0;
  bool operator==(const Add&) const = default;
};
using Write = std::variant<Put, Add>;

/// One place of the log.
struct Entry {
  Epoch epoch{};               // in which a leader took it
  std::optional<Write> write;  // none: a leader's own entry, for its purposes; it changes no value
  bool operator==(const Entry&) const = default;
};

/// What a client has seen: everything up to this entry of the log (session guarantees, Terry et al.
/// 1994). The empty token, with index 0, has seen nothing.
struct Token {
  Epoch epoch{};  // of the entry at the index
  Index index{};
  auto operator<=>(const Token&) const = default;
};

// Inputs. Numbers are the application's; it uses none twice in a life of the replica.

/// Gets Acknowledged or NotLeader. Of a leader that loses its place meanwhile it may get neither:
/// then the write may come to be in the log, or not.
struct Submit {
  std::uint64_t number = 0;
  Write write;
};
/// Reads at this replica, which may lag behind, but not behind the token (LF7).
struct Read {
  std::uint64_t number = 0;
  std::string key;
  Token seen = {};
  bool operator==(const Read&) const = default;
};
/// The operator: somebody has to lead in this epoch. Handed to one replica, which may be any.
/// Nothing happens when that one has heard of the epoch, or of a later one, already.
///
/// Somebody leads soon, if a majority of the replicas hear each other, this one among them; with
/// durable_on above 1 there must also be n - durable_on + 1 of the n, so that one of them has each
/// write that was acknowledged. Whoever was handed it asks until that is so, or until it hears of a
/// later epoch. Handed to several replicas, one epoch may come to nothing, and so
/// it may when one of them crashes meanwhile; it never has two leaders. A higher epoch helps.
///
/// A leader that starts again waits for a fail-over like everybody, or goes on in its epoch if it
/// has lost nothing that anybody has heard of.
struct FailOver {
  Epoch epoch{};
};

// Outputs.

/// The write is durable on Config::durable_on replicas.
struct Acknowledged {
  std::uint64_t number = 0;
  Token token;  // has seen this write
};
/// This replica does not lead: nothing has happened and nothing will.
struct NotLeader {
  std::uint64_t number = 0;
  std::optional<NodeId> leader = {};  // who does, as far as it knows
};
/// All that the token has seen is in it.
struct Value {
  std::uint64_t number = 0;
  std::optional<std::string> value;
  Token token;  // has seen the value, and all that the one in the request had
};
/// The replica cannot show what the token has seen: a fail-over has put something else in its
/// place, or the new log is shorter and nothing is there. With durable_on above 1 no token that a
/// replica has given comes to that. A replica that only lags waits, or asks another.
struct Lost {
  std::uint64_t number = 0;
};
/// So many reads wait here already that this one may not. A read that need not wait never gets
/// this.
struct Busy {
  std::uint64_t number = 0;
};

using Input = std::variant<Submit, Read, FailOver>;
using Output = std::variant<Acknowledged, NotLeader, Value, Lost, Busy>;

enum class Role : std::uint8_t { follower, leader };

/// What a replica holds for true. Refers to its log.
struct View {
  Role role = Role::follower;
  Epoch epoch{};                    // the latest that it has heard of; 0 before the first FailOver
  std::span<const Entry> log = {};  // all of it, from index 1 on
  /// What follows contains all up to here, and nothing else. With durable_on above 1 this is what
  /// no fail-over takes back; with 1 it may go back as far as the log does. A replica that starts
  /// again may begin at 0.
  Index applied{};
  std::map<std::string, std::string> values;
};

}  // namespace octet::followers
