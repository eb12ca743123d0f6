#pragma once

#include <cstdint>
#include <variant>

#include "hints.h"
#include "shelf.h"
#include "stage3-partitioning/api/store.h"
#include "store_messages.h"

namespace octet::store {

/// Not all that were asked for this request have answered.
struct RetryDue {
  std::uint64_t number = 0;
};
/// It has been under way for long enough.
struct PatienceIsOver {
  std::uint64_t number = 0;
};
/// Time to offer hints, and to compare copies with those of others.
struct RepairDue {};

struct Protocol : ProtocolDefaults {
  using Message =
      std::variant<ReadCopy, CopyRead, StoreCopy, CopyStored, NotServed, HandOff, HandedOff,
                   CompareParts, CompareKeys, Exchange, slots::ShelfProtocol::Message>;
  using Timer = std::variant<RetryDue, PatienceIsOver, RepairDue, slots::ShelfProtocol::Timer>;
  using Input = store::Input;
  using Output = store::Output;
  using Record = std::variant<HintsProtocol::Record, slots::ShelfProtocol::Record>;
};
using Context = octet::Context<Protocol>;

}  // namespace octet::store
