#include "runtime/erase/erased_node.h"

#include <gtest/gtest.h>

#include "runtime/examples/primary_backup.h"
#include "runtime/tests/environment.h"

namespace octet {
namespace {

using namespace examples::primary_backup;

std::unique_ptr<AnyNode> primary() {
  return make_node(Replica({.primary = 1, .backup = 2}));
}

std::vector<std::string> shown(const AnyNode& node, const std::vector<AnyEffect>& effects) {
  using Kind = AnyEffect::Kind;
  std::vector<std::string> lines;
  for (const AnyEffect& effect : effects) {
    const List list = effect.kind == Kind::send      ? List::message
                      : effect.kind == Kind::persist ? List::record
                      : effect.kind == Kind::emit    ? List::output
                                                     : List::timer;
    const Shown what = node.show(list, effect.bytes);
    lines.push_back(what.name + what.json);
  }
  return lines;
}

TEST(ErasedNode, EffectsComeInOrder) {
  QuietEnvironment environment;
  std::vector<AnyEffect> effects;
  const auto node = primary();
  ASSERT_TRUE(node->start({}, environment, effects));
  ASSERT_TRUE(node->input(encode(Protocol::Input(Append{"x"})), environment, effects));
  ASSERT_TRUE(node->deliver(encode(Protocol::Message(Copied{1})), 2, environment, effects));
  EXPECT_EQ(shown(*node, effects),
            (std::vector<std::string>{R"(Entry{"entry":"x"})", R"(Copy{"number":1,"entry":"x"})",
                                      "ResendDue{}", R"(Stored{"number":1})", "ResendDue{}"}));
  EXPECT_EQ(node->view_json(), R"({"is_primary":true,"log":["x"],"copied":1})");
  EXPECT_EQ(std::any_cast<Replica::View>(node->view()).copied, 1U);
  EXPECT_EQ(node->class_name(), "Replica");
}

TEST(ErasedNode, RecordsComeBackAtTheStart) {
  QuietEnvironment environment;
  std::vector<AnyEffect> effects;
  const auto node = primary();
  ASSERT_TRUE(
      node->start(std::vector{encode(Protocol::Record(Entry{"old"}))}, environment, effects));
  EXPECT_EQ(node->view_json(), R"({"is_primary":true,"log":["old"],"copied":0})");
}

TEST(ErasedNode, BytesThatAreNoneDoNothing) {
  QuietEnvironment environment;
  std::vector<AnyEffect> effects;
  const auto node = primary();
  const Bytes before = node->state();
  EXPECT_FALSE(node->deliver("", 2, environment, effects));
  EXPECT_FALSE(node->deliver("\x07", 2, environment, effects));
  EXPECT_FALSE(node->input("rubbish", environment, effects));
  EXPECT_FALSE(node->start(std::vector<Bytes>{"rubbish"}, environment, effects));
  EXPECT_EQ(node->state(), before);
  EXPECT_TRUE(effects.empty());
}

TEST(ErasedNode, ACopyIsEqualUntilItDiffers) {
  QuietEnvironment environment;
  std::vector<AnyEffect> effects;
  const auto node = primary();
  node->start({}, environment, effects);
  const auto copy = node->clone();
  EXPECT_TRUE(copy->equals(*node));
  EXPECT_EQ(copy->state(), node->state());
  copy->input(encode(Protocol::Input(Append{"x"})), environment, effects);
  EXPECT_FALSE(copy->equals(*node));
  EXPECT_NE(copy->state(), node->state());
}

}  // namespace
}  // namespace octet
