#include "stage3-partitioning/demo/store/commands.h"

#include <gtest/gtest.h>

#include <vector>

namespace octet::store {
namespace {

Operation operation(const resp::Request& command) {
  return std::get<Operation>(wanted(command));
}

TEST(StoreCommands, AreOperationsOfTheStore) {
  EXPECT_EQ(operation({"GET", "x"}), Operation(Read{"x"}));
  EXPECT_EQ(operation({"getc", "x"}), Operation(Read{"x", true}));
  EXPECT_EQ(operation({"SET", "x", "1"}), Operation(Overwrite{"x", "1"}));
  EXPECT_EQ(operation({"DEL", "x"}), Operation(Overwrite{"x", std::nullopt}));
  EXPECT_EQ(operation({"SET", "x", "1", "context", "00fF"}),
            Operation(Replace{"x", "1", std::string("\0\xff", 2)}));
  EXPECT_EQ(operation({"SET", "x", "1", "CONTEXT", ""}), Operation(Replace{"x", "1", ""}));
  EXPECT_EQ(operation({"LEVEL", "Strong"}), Operation(UseLevel{Level::strong}));
  EXPECT_EQ(operation({"LEVEL"}), Operation(TellLevel{}));
}

TEST(StoreCommands, OthersAreErrors) {
  for (const resp::Request& command : std::vector<resp::Request>{{""},
                                                                 {"INCR", "x"},
                                                                 {"GET"},
                                                                 {"GET", "x", "y"},
                                                                 {"SET", "x"},
                                                                 {"SET", "x", "1", "CONTEXT"},
                                                                 {"SET", "x", "1", "EX", "5"},
                                                                 {"SET", "x", "1", "CONTEXT", "0"},
                                                                 {"SET", "x", "1", "CONTEXT", "0x"},
                                                                 {"DEL", "x", "y"},
                                                                 {"LEVEL", "high"}}) {
    EXPECT_TRUE(std::get<std::string>(wanted(command)).starts_with("-ERR ")) << command[0];
  }
}

TEST(StoreCommands, ContextsAreHexadecimalDigits) {
  const std::string bytes("\0\x7f\xff", 3);
  EXPECT_EQ(hex_of(bytes), "007fff");
  EXPECT_EQ(bytes_of("007fFF"), bytes);
  EXPECT_EQ(bytes_of("+1"), std::nullopt);
}

TEST(StoreCommands, SiblingsAreAnArray) {
  const auto shown = [](std::vector<std::string> values, bool with_context = false) {
    return answer(Read{"x", with_context}, Got{1, std::move(values), "c"});
  };
  EXPECT_EQ(shown({}), "$-1\r\n");
  EXPECT_EQ(shown({""}), "$0\r\n\r\n");
  EXPECT_EQ(shown({"a", "b"}), "*2\r\n$1\r\na\r\n$1\r\nb\r\n");
  EXPECT_EQ(shown({"a"}, true), "*2\r\n$2\r\n63\r\n$1\r\na\r\n");
  EXPECT_TRUE(failure(Failed{1}).starts_with("-FAILED "));
  EXPECT_TRUE(failure(Unknown{1}).starts_with("-UNKNOWN "));
}

}  // namespace
}  // namespace octet::store
