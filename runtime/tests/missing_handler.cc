#include "runtime/erase/erased_node.h"

// Has no on(const Hello&, NodeId, Context&).

namespace octet {

struct Hello {};
struct HelloProtocol : ProtocolDefaults {
  using Message = std::variant<Hello>;
};

struct Deaf {
  using Protocol = HelloProtocol;
  struct View {};
  void start(std::span<const Protocol::Record>, Context<Protocol>&) {}
  View view() const { return {}; }
  bool operator==(const Deaf&) const = default;
  template <class Archive>
  void serialize(Archive&) {}
};

std::unique_ptr<AnyNode> deaf() {
  return make_node(Deaf());
}

}  // namespace octet
