#include "runtime/resp/commands.h"

#include <gtest/gtest.h>

#include <vector>

namespace octet::resp {
namespace {

/// A store that can tell how long a text is.
Wanted<std::size_t> wanted(const Request& command) {
  static const Commands<std::size_t> all("LENGTH",
                                         {{"LENGTH", {2, 2, [](const Request& words) {
                                                        return Wanted<std::size_t>(words[1].size());
                                                      }}}});
  return all.wanted(command);
}

std::string text(const Request& command) {
  return std::get<std::string>(wanted(command));
}

TEST(Commands, AreKnownInAnyCase) {
  EXPECT_EQ(std::get<std::size_t>(wanted({"LENGTH", "four"})), 4);
  EXPECT_EQ(std::get<std::size_t>(wanted({"Length", ""})), 0);
}

TEST(Commands, UsualOnesNeedNoStore) {
  EXPECT_EQ(text({"PING"}), "+PONG\r\n");
  EXPECT_EQ(text({"ping", "you"}), "$3\r\nyou\r\n");
  EXPECT_EQ(text({"COMMAND", "DOCS"}), "*0\r\n");
  EXPECT_EQ(text({"HELLO"}), "*4\r\n$6\r\nserver\r\n$5\r\noctet\r\n$5\r\nproto\r\n:2\r\n");
  EXPECT_EQ(text({"CONFIG", "GET", "save"}), "*2\r\n$4\r\nsave\r\n$0\r\n\r\n");
  EXPECT_EQ(text({"config", "get", "other"}), "*0\r\n");
}

TEST(Commands, OthersAreErrors) {
  EXPECT_EQ(text({"INCR", "x"}), "-ERR not a command of this store, which has LENGTH\r\n");
  for (const Request& command : std::vector<Request>{
           {""}, {"LENGTH"}, {"LENGTH", "x", "y"}, {"PING", "x", "y"}, {"CONFIG", "SET", "save"}}) {
    EXPECT_TRUE(text(command).starts_with("-ERR ")) << command[0];
  }
  EXPECT_TRUE(text({"HELLO", "3"}).starts_with("-NOPROTO "));
}

}  // namespace
}  // namespace octet::resp
