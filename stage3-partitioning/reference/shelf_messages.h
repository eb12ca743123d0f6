#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <variant>

#include "stage3-partitioning/api/slots.h"

/// What shelves tell each other and write down, so that a slot is on one of them, and on one alone.
namespace octet::slots {

/// What a slot holds. The shelf does not know what the states of keys mean.
using Contents = std::map<std::string, std::string>;

/// How often the content of a slot has moved. Of each move there is one: from one shelf to one
/// other.
using Moves = std::uint64_t;

// Messages, in the order of a move.

/// The content of this slot would come to you: it would be its so-and-so-manieth move.
struct Offer {
  Slot slot{};
  Moves moves = 0;
};
/// Yes, send it.
struct Wanted {
  Slot slot{};
  Moves moves = 0;
};
/// All of the slot in one message, and why: the latest map of who sends it.
struct Content {
  Slot slot{};
  Moves moves = 0;
  SlotMap map;
  Contents contents;
};
/// That content is on disk, or was, and has moved on since.
struct Received {
  Slot slot{};
  Moves moves = 0;
};

/// A slot is still to be given away.
struct OfferDue {
  Slot slot{};
};

// Inputs: what the node around the shelf wants.

/// The operator has made this map.
struct NewMap {
  SlotMap map;
};
/// The state of a key from now on. The slot must be served.
struct Keep {
  Slot slot{};
  std::string key;
  std::string state;
};

// Outputs.

/// From now on the slot is served here.
struct Arrived {
  Slot slot{};
};
/// And from now on not any more.
struct Left {
  Slot slot{};
};

// Records. What a shelf holds is what these say, one after the other, beginning with the founding
// map.

struct MapTaken {
  SlotMap map;
};
struct Kept {
  Slot slot{};
  std::string key;
  std::string state;
};
struct Came {
  Slot slot{};
  Moves moves = 0;
  Contents contents = {};
};
/// The slot goes to that node, and to no other, whatever maps say later.
struct Promised {
  Slot slot{};
  NodeId to;
};
/// Its content is on the disk of who was promised it. `moves` is what it had here.
struct Gone {
  Slot slot{};
  Moves moves = 0;
};

struct ShelfProtocol : ProtocolDefaults {
  using Message = std::variant<Offer, Wanted, Content, Received>;
  using Timer = std::variant<OfferDue>;
  using Input = std::variant<NewMap, Keep>;
  using Output = std::variant<Arrived, Left>;
  using Record = std::variant<MapTaken, Kept, Came, Promised, Gone>;
};
using ShelfContext = octet::Context<ShelfProtocol>;

}  // namespace octet::slots
