#include "runtime/sim/fault.h"

#include "runtime/erase/json.h"

namespace octet::sim {
namespace {

std::string number(NodeId node) {
  return std::to_string(node.value);
}

std::string time(Duration at) {
  return erase::duration_text(at);
}

std::string list(const std::vector<NodeId>& nodes) {
  std::string text;
  for (const NodeId node : nodes) text += (text.empty() ? "" : ", ") + number(node);
  return text;
}

std::string after_effects(std::int64_t count) {
  if (count == 0) return "before the 1st effect";
  const std::string ending = count == 1 ? "st" : count == 2 ? "nd" : count == 3 ? "rd" : "th";
  return "after the " + std::to_string(count) + ending + " effect";
}

/// What happens, and the word for its end.
struct Words {
  std::string begins;
  std::string ends;
};

Words words_of(const Fault& fault) {
  const std::string node = "node " + number(fault.node);
  switch (fault.kind) {
    case Fault::Kind::crash:
      return {node + " crashes", "restarts"};
    case Fault::Kind::torn:
      return {node + " crashes " + after_effects(fault.amount) + " of its next handler",
              "restarts"};
    case Fault::Kind::pause:
      return {node + " pauses", "goes on"};
    case Fault::Kind::cut:
      return {"nothing gets from " + number(fault.node) + " to " + number(fault.peer), "is healed"};
    case Fault::Kind::partition:
      return {"nodes " + list(fault.group) + " are cut off from the others", "are healed"};
    case Fault::Kind::drift:
      return {node + "'s clock runs " + speed_text(fault.amount), "is right"};
    case Fault::Kind::jump:
      return {node + "'s wall clock jumps by " + time(Duration(fault.amount)), "jumps back"};
    case Fault::Kind::slow_disk:
      return {node + "'s disk takes " + time(Duration(fault.amount)) + " for a write", "is quick"};
    case Fault::Kind::lose:
      return {"is lost", ""};
    case Fault::Kind::duplicate:
      return {"comes twice", ""};
    case Fault::Kind::delay:
      return {"is late by " + time(Duration(fault.amount)), ""};
  }
  return {};
}

}  // namespace

std::string text_of(const Fault& fault) {
  const Words words = words_of(fault);
  if (is_of_message(fault)) {
    return (fault.name.empty() ? "a message" : fault.name) + " from " + number(fault.node) +
           " to " + number(fault.peer) + ", sent at " + time(fault.at) + ", " + words.begins;
  }
  std::string text = words.begins + " at " + time(fault.at);
  if (fault.until > fault.at) text += " and " + words.ends + " at " + time(fault.until);
  return text;
}

std::string speed_text(std::int64_t parts_per_million) {
  const bool is_slow = parts_per_million < 0;
  return std::to_string(is_slow ? -parts_per_million : parts_per_million) + " millionths " +
         (is_slow ? "slow" : "fast");
}

}  // namespace octet::sim
