#include "runtime/erase/json.h"

#include <gtest/gtest.h>

#include <limits>
#include <map>
#include <optional>
#include <vector>

namespace octet::erase {
namespace {

struct Vote {
  NodeId candidate;
  std::optional<int> term;
  bool granted = false;
};
struct Empty {};

enum class Colour : std::uint8_t { red, green };
enum class Place : std::uint64_t {};
enum Loose { loose };

class Closed {
 public:
  template <class Archive>
  void serialize(Archive& archive) {
    archive(one_, two_);
  }

 private:
  int one_ = 1;
  std::string two_ = "two";
};

TEST(Json, FieldsHaveTheirNames) {
  EXPECT_EQ(to_json(Vote{.candidate = 3, .term = 7}),
            R"({"candidate":3,"term":7,"granted":false})");
  EXPECT_EQ(to_json(Vote{}), R"({"candidate":0,"term":null,"granted":false})");
  EXPECT_EQ(to_json(Empty()), "{}");
  EXPECT_EQ(type_name<Vote>(), "Vote");
}

TEST(Json, EnumeratorsHaveTheirNames) {
  EXPECT_EQ(to_json(Colour::green), R"("green")");
  EXPECT_EQ(to_json(Colour{2}), "2");
  EXPECT_EQ(to_json(Colour{200}), "200");
  EXPECT_EQ(to_json(Place{1}), "1");
  EXPECT_EQ(to_json(loose), "0");
  EXPECT_EQ(to_json(std::map<Colour, int>{{Colour::red, 1}}), R"({"red":1})");
}

TEST(Json, ContainersAndVariants) {
  EXPECT_EQ(to_json(std::vector<std::string>{"a", "b"}), R"(["a","b"])");
  EXPECT_EQ(to_json(std::vector<bool>{true, false}), "[true,false]");
  EXPECT_EQ(to_json(std::map<NodeId, int>{{2, 20}, {1, 10}}), R"({"1":10,"2":20})");
  EXPECT_EQ(to_json(std::map<std::string, int>{{"k", 1}}), R"({"k":1})");
  EXPECT_EQ(to_json(std::variant<Empty, Vote>(Empty())), R"({"Empty":{}})");
  EXPECT_EQ(to_json(std::pair(1, std::string("x"))), R"([1,"x"])");
  EXPECT_EQ(to_json(Closed()), R"([1,"two"])");
}

TEST(Json, AnyTextIsValid) {
  EXPECT_EQ(to_json(std::string("\"\\\n\xc3\0", 5)), R"("\"\\\n\u00c3\u0000")");
  EXPECT_EQ(to_json(std::string("\x7f ä € 😀")), "\"\x7f ä € 😀\"");
  EXPECT_EQ(to_json(std::string("\xc0\x80 \xed\xa0\x80 \xf4\x90\x80\x80")),
            R"("\u00c0\u0080 \u00ed\u00a0\u0080 \u00f4\u0090\u0080\u0080")");
}

TEST(Json, DurationsAreForPeople) {
  using namespace std::chrono_literals;
  EXPECT_EQ(duration_text(0ns), "0s");
  EXPECT_EQ(duration_text(150ms), "150ms");
  EXPECT_EQ(duration_text(1500ms), "1.5s");
  EXPECT_EQ(duration_text(-1ms - 20us), "-1.02ms");
  EXPECT_EQ(duration_text(7ns), "7ns");
  EXPECT_EQ(duration_text(Duration::min()), "-9223372036.854775808s");
}

}  // namespace
}  // namespace octet::erase
