#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <variant>
#include <vector>

#include "stage3-partitioning/api/slots.h"

/// A store without a leader, after Dynamo (DeCandia et al. 2007; "§" means that paper). Every node
/// coordinates requests for every key. N copies of a key are in the slots of its partition; a write
/// needs W of them and a read R. Values that were written without knowing of each other are both
/// kept, as *siblings*, until somebody writes who has seen both (§4.4).
///
/// Nodes crash and start again with what they have persisted; messages are lost, come twice, late,
/// and in any order. What they say is the student's choice.
namespace octet::store {

using slots::Epoch;
using slots::Slot;
using slots::SlotMap;

struct Config {
  SlotMap founding;  // of the first epoch: its copies are N
  // Copies count, not answers; and of two copies on one node only one.
  std::size_t reads = 2;   // R: so many copies answer a read, 1 to N
  std::size_t writes = 2;  // W: and so many have a write on disk, 1 to N
  /// When owners of copies cannot be reached, other nodes of the map stand in for them (a sloppy
  /// quorum, §4.6). What they hold is a *hint*, which they give to its owner when they reach it.
  /// Otherwise quorums are strict: the copies of the slots alone count.
  bool sloppy = false;
  /// A request has ended after so long, one way or another.
  Duration patience = std::chrono::seconds(1);
  /// Who has had no answer for so long sends again, or to somebody else.
  Duration retry = std::chrono::milliseconds(100);
  /// Copies are compared with each other, and hints are offered, at least so often (§4.6, §4.7).
  Duration repair = std::chrono::seconds(1);
  bool operator==(const Config&) const = default;
};

/// What a request asks for.
enum class Level : std::uint8_t {
  eventual,  // R and W as configured
  /// What depends on what: whatever has been seen in a *session*, by a read or a write, is there in
  /// every later read of that session, with all that it depended on, also of other keys.
  causal,
  /// Linearizable for each key (Herlihy and Wing 1990), for keys that strong requests alone write.
  strong,
};

// Requests. Numbers are the application's; it uses none twice in a life of the node.

/// Keys and values are any bytes. `session` matters at the causal level alone. There it is empty,
/// or what an earlier answer gave at that level; with anything else the request ends as Failed.
struct Get {
  std::uint64_t number = 0;
  std::string key;
  Level level = Level::eventual;
  std::string session = {};
};

/// Takes the place of the values that `context` has seen, and of no other ones (DQ2): a context is
/// empty, or what a Got for this key gave. Bytes that are no context of any key end as Failed. A
/// strong write has none: it takes the place of everything. What becomes of one that comes with it
/// all the same is yours to choose.
struct Put {
  std::uint64_t number = 0;
  std::string key;
  std::string value;
  std::string context = {};
  Level level = Level::eventual;
  std::string session = {};
};

/// Like a Put, of no value.
struct Delete {
  std::uint64_t number = 0;
  std::string key;
  std::string context = {};
  Level level = Level::eventual;
  std::string session = {};
};

/// The operator has made this map. Older ones than the node has change nothing.
struct NewMap {
  SlotMap map;
};

// How a request ends.

/// The context has seen all the values (DQ4). At the strong level there is one value at most, and
/// the context may have seen the siblings that it has won over. The session is for the next request
/// at the causal level, also in a Stored.
struct Got {
  std::uint64_t number = 0;
  std::vector<std::string> values;  // the siblings, in the order of their bytes; none: no such key
  std::string context;
  std::string session = {};
};
/// Of a Put or Delete: as many copies as asked for have it on disk.
struct Stored {
  std::uint64_t number = 0;
  std::string session = {};
};
/// It has not taken effect and never will; a read gives nothing. So ends what cannot have the level
/// or the number of copies that it asks for (CL4), unless some copy may have the write (Unknown).
struct Failed {
  std::uint64_t number = 0;
};
/// Of a Put or Delete: nobody can tell. It may have taken effect, or may do so later, or never.
struct Unknown {
  std::uint64_t number = 0;
};

using Input = std::variant<Get, Put, Delete, NewMap>;
using Output = std::variant<Got, Stored, Failed, Unknown>;

/// What a node holds. Values are siblings in the order of their bytes; none of them for a key that
/// was deleted.
struct View {
  using Keys = std::map<std::string, std::vector<std::string>>;
  Epoch epoch{};               // of the latest map
  std::map<Slot, Keys> slots;  // that it serves
  std::map<Slot, Keys> hints;  // that it holds for their owners
};

}  // namespace octet::store
