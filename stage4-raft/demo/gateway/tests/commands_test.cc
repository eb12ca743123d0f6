#include "stage4-raft/demo/gateway/commands.h"

#include <gtest/gtest.h>

#include <vector>

namespace octet::kv {
namespace {

Operation operation(const resp::Request& command) {
  return std::get<Operation>(wanted(command));
}

std::string text(const resp::Request& command) {
  return std::get<std::string>(wanted(command));
}

TEST(KvCommands, AreOperationsOfTheStore) {
  EXPECT_EQ(operation({"GET", "x"}), Operation(Get{"x"}));
  EXPECT_EQ(operation({"Set", "x", "1"}), Operation(Put{"x", "1"}));
  EXPECT_EQ(operation({"append", "x", "1"}), Operation(Append{"x", "1"}));
  EXPECT_EQ(operation({"CAS", "x", "", "1"}), Operation(Cas{"x", "", "1"}));
}

TEST(KvCommands, OthersAreErrors) {
  for (const resp::Request& command : std::vector<resp::Request>{{""},
                                                                 {"INCR", "x"},
                                                                 {"GET"},
                                                                 {"GET", "x", "y"},
                                                                 {"SET", "x"},
                                                                 {"SET", "x", "1", "EX", "5"},
                                                                 {"CAS", "x", "1"}}) {
    EXPECT_TRUE(text(command).starts_with("-ERR ")) << command[0];
  }
}

TEST(KvCommands, EndInOneOfThreeWays) {
  EXPECT_EQ(answer(Done{1, Value{"1"}}), "$1\r\n1\r\n");
  EXPECT_EQ(answer(Done{1, Value{""}}), "$-1\r\n") << "nobody has written it, or it is empty";
  EXPECT_EQ(answer(Done{1, Stored{}}), "+OK\r\n");
  EXPECT_EQ(answer(Done{1, Swapped{true}}), ":1\r\n");
  EXPECT_EQ(answer(Done{1, Swapped{false}}), ":0\r\n");
  EXPECT_TRUE(answer(Failed{1}).starts_with("-FAILED "));
  EXPECT_TRUE(answer(Unknown{1}).starts_with("-UNKNOWN "));
}

}  // namespace
}  // namespace octet::kv
