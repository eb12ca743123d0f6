#include "stage4-raft/demo/gateway/commands.h"

#include <gtest/gtest.h>

namespace octet::kv::resp {
namespace {

Operation operation(const std::vector<std::string>& command) {
  return std::get<Operation>(wanted(command));
}

std::string text(const std::vector<std::string>& command) {
  return std::get<std::string>(wanted(command));
}

TEST(Commands, AreOperationsOfTheStore) {
  EXPECT_EQ(operation({"GET", "x"}), Operation(Get{"x"}));
  EXPECT_EQ(operation({"Set", "x", "1"}), Operation(Put{"x", "1"}));
  EXPECT_EQ(operation({"append", "x", "1"}), Operation(Append{"x", "1"}));
  EXPECT_EQ(operation({"CAS", "x", "", "1"}), Operation(Cas{"x", "", "1"}));
}

TEST(Commands, AreAnsweredHereWhenTheyNeedNoStore) {
  EXPECT_EQ(text({"PING"}), "+PONG\r\n");
  EXPECT_EQ(text({"ping", "you"}), "$3\r\nyou\r\n");
  EXPECT_EQ(text({"COMMAND", "DOCS"}), "*0\r\n");
  EXPECT_EQ(text({"HELLO"}), "*4\r\n$6\r\nserver\r\n$5\r\noctet\r\n$5\r\nproto\r\n:2\r\n");
  EXPECT_EQ(text({"CONFIG", "GET", "save"}), "*2\r\n$4\r\nsave\r\n$0\r\n\r\n");
  EXPECT_EQ(text({"config", "get", "other"}), "*0\r\n");
}

TEST(Commands, OthersAreErrors) {
  for (const std::vector<std::string>& command :
       std::vector<std::vector<std::string>>{{""},
                                             {"INCR", "x"},
                                             {"GET"},
                                             {"GET", "x", "y"},
                                             {"SET", "x"},
                                             {"SET", "x", "1", "EX", "5"},
                                             {"CAS", "x", "1"},
                                             {"CONFIG", "SET", "save"}}) {
    EXPECT_TRUE(text(command).starts_with("-ERR ")) << command[0];
  }
  EXPECT_TRUE(text({"HELLO", "3"}).starts_with("-NOPROTO "));
}

TEST(Commands, EndInOneOfThreeWays) {
  EXPECT_EQ(answer(Done{1, Value{"1"}}), "$1\r\n1\r\n");
  EXPECT_EQ(answer(Done{1, Value{""}}), "$-1\r\n") << "nobody has written it, or it is empty";
  EXPECT_EQ(answer(Done{1, Stored{}}), "+OK\r\n");
  EXPECT_EQ(answer(Done{1, Swapped{true}}), ":1\r\n");
  EXPECT_EQ(answer(Done{1, Swapped{false}}), ":0\r\n");
  EXPECT_TRUE(answer(Failed{1}).starts_with("-FAILED "));
  EXPECT_TRUE(answer(Unknown{1}).starts_with("-UNKNOWN "));
}

}  // namespace
}  // namespace octet::kv::resp
