#pragma once

#include <map>
#include <string>
#include <variant>

#include "stage3-partitioning/api/slots.h"

/// What shelves tell each other and write down. All of this is a proposal, and only a beginning.
/// The inputs and outputs are what the nodes around a shelf use: that of this part, and that of the
/// store.
namespace octet::slots {

/// What a slot holds. The shelf does not know what the states of keys mean.
using Contents = std::map<std::string, std::string>;

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

// Messages.

/// All of a slot in one message.
struct Content {
  Slot slot{};
  Contents contents;
};
/// That content is on disk.
struct Received {
  Slot slot{};
};

/// Something is still to be given away.
struct RetryDue {};

// Records.

struct MapTaken {
  SlotMap map;
};
struct Kept {
  Slot slot{};
  std::string key;
  std::string state;
};

struct ShelfProtocol : ProtocolDefaults {
  using Message = std::variant<Content, Received>;
  using Timer = std::variant<RetryDue>;
  using Input = std::variant<NewMap, Keep>;
  using Output = std::variant<Arrived, Left>;
  using Record = std::variant<MapTaken, Kept>;
};
using ShelfContext = octet::Context<ShelfProtocol>;

}  // namespace octet::slots
