#include <string>
#include <vector>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/net/server_process.h"
#include "graders/stage1-sockets/chat_guest.h"
#include "graders/stage1-sockets/servers.h"

namespace octet::sockets {
namespace {

using grading::Guest;
using grading::ServerProcess;
using grading::tell;

GRADED_TEST(Chat, TalkReachesEveryMember, 2,
            "join, talk and leave reach every member of the room, the speaker included (C2)") {
  ServerProcess server(chat_server());
  Guest cat(server, "cat");
  Guest ann(server, "ann");
  Guest bob(server, "Bob-2_");
  cat.join("den");
  ann.join("den");
  cat.expect("JOINED den ann");
  bob.join("den");
  for (Guest* member : {&cat, &ann}) member->expect("JOINED den Bob-2_");
  ann.say("SAY den  hello,  world ");
  for (Guest* member : {&cat, &ann, &bob}) member->expect("MSG den ann  hello,  world ");
  tell("a text of bytes that are not letters, zero among them");
  const std::string odd("\x00\x01\xff \0 end", 9);
  ann.say("SAY den " + odd);
  for (Guest* member : {&cat, &ann, &bob}) member->expect("MSG den ann " + odd);

  tell("a second room, which bob is not in");
  ann.join("7");
  cat.join("7");
  ann.expect("JOINED 7 cat");
  ann.say("SAY 7 here");
  bob.say("SAY den there");
  ann.expect({"MSG 7 ann here", "MSG den Bob-2_ there"});
  cat.expect({"MSG 7 ann here", "MSG den Bob-2_ there"});
  bob.expect("MSG den Bob-2_ there");
  bob.expect_only("7", "ann cat");
  ann.expect_only("den", "Bob-2_ ann cat");
  ann.expect_only("nowhere", "");

  ann.say("LEAVE den");
  for (Guest* member : {&cat, &ann, &bob}) member->expect("LEFT den ann");
  cat.say("SAY den still here");
  for (Guest* member : {&cat, &bob}) member->expect("MSG den cat still here");
  ann.expect_only("7", "ann cat");
  cat.say("QUIT");
  cat.wire().expect_close_after("BYE\n");
  bob.expect("LEFT den cat");
  ann.expect("LEFT 7 cat");
  bob.expect_only("den", "Bob-2_");
  ann.expect_only("7", "ann");
}

GRADED_TEST(Chat, LinesDoNotDependOnReads, 2,
            "a line is what ends with a line ending, however TCP cuts it (F1)") {
  ServerProcess server(chat_server({.max_line = 100}));
  Guest ann = Guest::without_name(server, "ann");
  ann.wire().send_in_pieces("NAME ann\r\nJOIN den\n", 1);
  ann.expect({"WELCOME ann", "JOINED den ann"});
  ann.wire().send_cut("SAY den a\rb\r\nSAY den c\n", {3, 9, 12});
  ann.expect({"MSG den ann a\rb", "MSG den ann c"});

  tell("500 lines in one write, the last one not whole yet");
  std::string many;
  std::string echoes;
  for (int i = 0; i < 500; ++i) {
    many += "SAY den " + std::to_string(i) + (i % 2 == 0 ? "\n" : "\r\n");
    echoes += "MSG den ann " + std::to_string(i) + "\n";
  }
  ann.wire().send(many + "SAY de");
  ann.wire().expect(echoes);
  ann.wire().send("n the rest\n");
  ann.expect("MSG den ann the rest");

  tell("the longest line there may be, with either ending");
  const std::string text(100 - std::string("SAY den ").size(), 'x');
  ann.wire().send("SAY den " + text + "\n");
  ann.expect("MSG den ann " + text);
  ann.wire().send_cut("SAY den " + text + "\r\n", {100, 101});
  ann.expect("MSG den ann " + text);
  ann.expect_only("den", "ann");
}

GRADED_TEST(Chat, MistakesChangeNothing, 2,
            "a line that makes no sense is answered with ERROR, and nothing else happens (C2)") {
  ServerProcess server(chat_server());
  const std::string longest(32, 'n');
  const std::vector<std::string> without_name = {"JOIN den",
                                                 "SAY den x",
                                                 "LEAVE den",
                                                 "WHO den",
                                                 "HELLO",
                                                 "",
                                                 "NAME",
                                                 "NAME ",
                                                 "NAME  bob",
                                                 "NAME bob bob",
                                                 "NAME b.b",
                                                 "NAME ann",
                                                 " NAME bob",
                                                 "NAMEbob",
                                                 "NAME bob ",
                                                 "NAME " + longest + "n",
                                                 "NAME b\xc3\xb6",
                                                 "name bob",
                                                 "quit"};
  const std::vector<std::string> as_bob = {"NAME bob",     "NAME eve",
                                           "JOIN",         "JOIN ",
                                           "JOIN d.n",     "JOIN den den",
                                           "JOIN ",        "JOIN own",
                                           "SAY",          "SAY den x",
                                           "SAY own",      "SAY own ",
                                           "SAY nobody x", "LEAVE",
                                           "LEAVE den",    "LEAVE nobody",
                                           "WHO",          "WHO den own",
                                           "TALK den x",   "",
                                           " SAY own x",   "JOIN " + longest + "n",
                                           "QUITE",        "join other",
                                           "say own x",    "Leave own",
                                           "who own",      "quit"};
  Guest ann(server, "ann");
  ann.join("den");
  Guest bob = Guest::without_name(server, "bob");
  for (const std::string& line : without_name) {
    bob.say(line);
    bob.expect_error(line);
  }
  bob.say("NAME bob");
  bob.expect("WELCOME bob");
  bob.join("own");
  for (const std::string& line : as_bob) {
    bob.say(line);
    bob.expect_error(line);
    bob.expect_only("own", "bob");
    bob.expect_only("den", "ann");
  }
  ann.expect_only("den", "ann");
  bob.join(longest);
  bob.say("SAY own fine");
  bob.expect("MSG own bob fine");
  Guest nobody = Guest::without_name(server, "nobody");
  nobody.say("QUIT");
  nobody.wire().expect_close_after("BYE\n");

  tell("a server with at most two rooms for each");
  ServerProcess small(chat_server({.max_rooms = 2}), {.name = "the small server"});
  Guest cat(small, "cat");
  cat.join("one");
  cat.join("two");
  cat.say("JOIN three");
  cat.expect_error("JOIN three, with a limit of two");
  cat.expect_only("three", "");
  cat.say("LEAVE one");
  cat.expect("LEFT one cat");
  cat.join("three");
  cat.expect_only("three", "cat");
}

GRADED_TEST(Chat, AnEndlessLineEndsItsSender, 2,
            "more than max_line bytes without an ending: ERROR, then close, and no hoarding (C3)") {
  ServerProcess server(chat_server());
  Guest ann(server, "ann");
  ann.join("den");
  for (const std::size_t head : {0u, 8u}) {
    Guest bob(server, "bob");
    bob.join("den");
    ann.expect("JOINED den bob");
    bob.wire().send(std::string("SAY den ").substr(0, head) + std::string(4097 - head, 'x'));
    bob.expect_error("a line of 4097 bytes so far");
    bob.wire().expect_close();
    ann.expect("LEFT den bob");
  }
  const std::size_t before = server.memory();
  Guest flood(server, "flood");
  flood.wire().send_until_full(std::string(16 << 20, 'x'));
  server.settle();
  EXPECT_LT(server.memory(), before + (4 << 20)) << "16 MiB of one line were not to be kept";
  ann.expect_only("den", "ann");
  Guest again(server, "bob");
  again.join("den");
  ann.expect("JOINED den bob");
}

GRADED_TEST(Chat, NothingBeforeJoinOrAfterLeave, 1,
            "a member hears what is said between its join and its leave, and no more (C6)") {
  ServerProcess server(chat_server());
  Guest ann(server, "ann");
  Guest bob(server, "bob");
  ann.join("den");
  for (int round = 0; round < 5; ++round) {
    const std::string number = std::to_string(round);
    ann.say("SAY den before " + number);
    ann.expect("MSG den ann before " + number);
    bob.join("den");
    ann.expect("JOINED den bob");
    ann.say("SAY den between " + number);
    for (Guest* member : {&ann, &bob}) member->expect("MSG den ann between " + number);
    bob.wire().send("SAY den last " + number + "\nLEAVE den\nSAY den too late\n");
    bob.expect({"MSG den bob last " + number, "LEFT den bob"});
    bob.expect_error("SAY den too late");
    ann.expect({"MSG den bob last " + number, "LEFT den bob"});
    ann.say("SAY den after " + number);
    ann.expect("MSG den ann after " + number);
    bob.expect_only("den", "ann");
  }
}

}  // namespace
}  // namespace octet::sockets
