#pragma once

#include <variant>
#include <vector>

#include "stage3-partitioning/api/leaders.h"

/// What leaders tell each other, what they have on disk, and the lists of all that they handle. All
/// of this is a proposal, and only a beginning, but for Input.
namespace octet::leaders {

/// A write that some leader has taken. What else must it say, so that it is known again on whatever
/// way it comes, and has its place among the others?
struct Update {
  Input write;
  bool operator==(const Update&) const = default;
};

/// News. How does the sender know what its neighbour lacks?
struct Updates {
  std::vector<Update> updates;
};

struct TalkDue {};  // the neighbours must hear from this leader

struct Protocol : ProtocolDefaults {
  using Message = std::variant<Updates>;
  using Timer = std::variant<TalkDue>;
  using Input = leaders::Input;
  using Record = std::variant<Update>;
};
using Context = octet::Context<Protocol>;

}  // namespace octet::leaders
