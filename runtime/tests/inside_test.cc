#include "runtime/inside.h"

#include <gtest/gtest.h>

#include "runtime/erase/erased_node.h"
#include "runtime/tests/environment.h"

namespace octet {
namespace {

struct Tick {
  int number = 0;
};
struct Beat {
  bool operator==(const Beat&) const = default;
};
struct Count {
  int number = 0;
};
struct Reached {
  int number = 0;
};

struct CounterProtocol : ProtocolDefaults {
  using Message = std::variant<Tick>;
  using Timer = std::variant<Beat>;
  using Output = std::variant<Reached>;
  using Record = std::variant<Count>;
};

/// Adds up what it hears.
struct Counter {
  using Protocol = CounterProtocol;
  void start(std::span<const Protocol::Record> recovered, Context<Protocol>&) {
    for (const auto& record : recovered) sum += std::get<Count>(record).number;
  }
  void on(const Tick& tick, NodeId from, Context<Protocol>& ctx) {
    sum += tick.number;
    ctx.compact({Count{sum}});
    ctx.send(from, Tick{0});
    ctx.set_timer(Beat(), std::chrono::seconds(1));
    ctx.emit(Reached{sum});
  }
  void on(const Beat&, Context<Protocol>&) {}
  bool operator==(const Counter&) const = default;

  int sum = 0;
};

struct Label {
  std::string text;
};

struct OuterProtocol : ProtocolDefaults {
  using Message = std::variant<Label, CounterProtocol::Message>;
  using Timer = std::variant<CounterProtocol::Timer>;
  using Record = std::variant<Label, CounterProtocol::Record>;
};

struct Outer {
  using Protocol = OuterProtocol;
  void start(std::span<const Protocol::Record> recovered, Context<Protocol>& ctx) {
    start_inside(counter, ctx, recovered);
  }
  void on(const Label& label, NodeId, Context<Protocol>& ctx) { ctx.persist(label); }
  void on(const CounterProtocol::Message& message, NodeId from, Context<Protocol>& ctx) {
    for (const auto& output : inside(counter, ctx, message, from)) {
      last = std::get<Reached>(output).number;
    }
  }
  void on(const CounterProtocol::Timer& timer, Context<Protocol>& ctx) {
    inside(counter, ctx, timer);
  }
  Counter view() const { return counter; }
  bool operator==(const Outer&) const = default;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(counter.sum, last);
  }

  Counter counter;
  int last = 0;
};

TEST(Inside, EffectsOfTheInnerNodeAreTheOuterOnes) {
  QuietEnvironment environment;
  Context<OuterProtocol> ctx(environment);
  Outer outer;
  outer.on(CounterProtocol::Message(Tick{3}), 2, ctx);
  using Of = Effects<OuterProtocol>;
  ASSERT_EQ(ctx.effects().size(), 3U);
  EXPECT_EQ(std::get<Of::Compact>(ctx.effects()[0]).within, std::vector<std::size_t>{1});
  EXPECT_EQ(std::get<Of::Send>(ctx.effects()[1]).to, NodeId(2));
  EXPECT_TRUE(std::holds_alternative<Of::SetTimer>(ctx.effects()[2]));
  EXPECT_EQ(outer.last, 3);
}

TEST(Inside, TheInnerNodeGetsItsOwnRecords) {
  QuietEnvironment environment;
  Context<OuterProtocol> ctx(environment);
  Outer outer;
  const std::vector<OuterProtocol::Record> records = {Label{"x"},
                                                      CounterProtocol::Record(Count{4})};
  outer.start(records, ctx);
  EXPECT_EQ(outer.counter.sum, 4);
}

TEST(Inside, ACompactNamesTheRecordsThatItReplaces) {
  QuietEnvironment environment;
  std::vector<AnyEffect> effects;
  const auto node = make_node(Outer());
  const Bytes tick = encode(OuterProtocol::Message(CounterProtocol::Message(Tick{3})));
  ASSERT_TRUE(node->deliver(tick, 2, environment, effects));
  ASSERT_EQ(effects[0].kind, AnyEffect::Kind::compact);
  const Bytes own = encode(OuterProtocol::Record(CounterProtocol::Record(Count{1})));
  const Bytes label = encode(OuterProtocol::Record(Label{"x"}));
  EXPECT_TRUE(own.starts_with(effects[0].bytes));
  EXPECT_FALSE(label.starts_with(effects[0].bytes));
}

}  // namespace
}  // namespace octet
