// The same room without clocks: whoever hears a line shows it at once. Here for what goes wrong.
#include "runtime/durable/durable.h"
#include "runtime/erase/erased_node.h"
#include "runtime/tcp/process.h"
#include "stage2-clocks-rpc/api/total_order.h"

namespace {

using namespace octet;
using total_order::Delivered;
using total_order::Multicast;

struct Line {
  std::string text;
};

struct Protocol : ProtocolDefaults {
  using Message = std::variant<Line>;
  using Input = total_order::Input;
  using Output = total_order::Output;
};
using Context = octet::Context<Protocol>;

class UnorderedChat {
 public:
  using Protocol = ::Protocol;
  struct View {};

  explicit UnorderedChat(total_order::Config config) : config_(std::move(config)) {}

  void start(std::span<const Protocol::Record>, Context&) {}
  void on(const Multicast& multicast, Context& ctx) {
    for (const NodeId member : config_.members) {
      if (member != ctx.id()) ctx.send(member, Line{multicast.text});
    }
    ctx.emit(Delivered{ctx.id(), multicast.text});
  }
  void on(const Line& line, NodeId from, Context& ctx) { ctx.emit(Delivered{from, line.text}); }

  View view() const { return {}; }
  bool operator==(const UnorderedChat&) const = default;
  template <class Archive>
  void serialize(Archive&) {}

 private:
  total_order::Config config_;
};

}  // namespace

int main(int argc, char** argv) {
  const auto make = [](NodeId, const std::vector<NodeId>& all) {
    return make_durable(make_node(UnorderedChat({.members = all})));
  };
  const auto parse = [](std::string_view line) -> std::optional<Bytes> {
    return encode(total_order::Input(Multicast{std::string(line)}));
  };
  return tcp::run_process(argc, argv, {"octet unordered chat", make, parse});
}
