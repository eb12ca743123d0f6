#include <algorithm>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/net/server_process.h"
#include "graders/dsl/random.h"
#include "graders/stage1-sockets/chat_guest.h"
#include "graders/stage1-sockets/servers.h"

namespace octet::sockets {
namespace {

using grading::Guest;
using grading::Random;
using grading::ServerProcess;
using grading::tell;

/// A way in which a member may end.
struct Ending {
  std::string name;
  std::function<void(Guest&)> happen;
};

std::vector<Ending> endings() {
  return {
      {"QUIT",
       [](Guest& guest) {
         guest.say("QUIT");
         guest.wire().expect_close_after("BYE\n");
       }},
      {"close", [](Guest& guest) { guest.wire().close(); }},
      {"reset", [](Guest& guest) { guest.wire().reset(); }},
      {"end of stream",
       [](Guest& guest) {
         guest.wire().shut_down_sending();
         guest.wire().expect_close();
       }},
      {"end of stream inside a line",
       [](Guest& guest) {
         guest.wire().send("SAY den unfinished");
         guest.wire().shut_down_sending();
         guest.wire().expect_close();
       }},
      {"end of stream after lines",
       [](Guest& guest) {
         guest.wire().send("WHO den\nWHO den\n");
         guest.wire().shut_down_sending();
         guest.wire().expect_close_after("MEMBERS den ann bob\nMEMBERS den ann bob\n");
       }},
  };
}

GRADED_TEST(Chat, EveryEndingIsOneLeave, 2,
            "however a member ends, the others see it leave each shared room once (C5, F5)") {
  ServerProcess server(chat_server());
  Guest ann(server, "ann");
  ann.join("den");
  ann.join("two");
  for (const Ending& ending : endings()) {
    tell("bob ends by " + ending.name);
    Guest bob(server, "bob");
    bob.join("den");
    bob.join("two");
    bob.join("alone");
    ann.expect({"JOINED den bob", "JOINED two bob"});
    ending.happen(bob);
    std::vector<std::string> heard = {ann.hear(), ann.hear()};
    std::sort(heard.begin(), heard.end());
    if (heard != std::vector<std::string>{"LEFT den bob", "LEFT two bob"}) {
      grading::fail("bob ended by " + ending.name +
                    "; ann expected LEFT den bob and LEFT two bob, " + "and hears \"" + heard[0] +
                    "\" and \"" + heard[1] + '"');
    }
    ann.expect_only("den", "ann");
    ann.expect_only("two", "ann");
    ann.expect_only("alone", "");
  }
}

/// What is written to somebody who does not read is still under way when its connection ends.
void write_a_lot(Guest& ann) {
  for (int i = 0; i < 70; ++i) {
    const std::string text(64 << 10, static_cast<char>('a' + i % 26));
    ann.say("SAY den " + text);
    ann.wire().expect("MSG den ann " + text + "\n");
  }
}

GRADED_TEST(Chat, ANameHasOneOwner, 2,
            "a name is free when its owner has ended, and never while it has a new one (C5)") {
  ServerProcess server(chat_server({.max_line = 70'000, .max_queued_bytes = 32 << 20}));
  Guest ann(server, "ann");
  ann.join("den");
  for (const Ending& ending : endings()) {
    const bool is_abrupt = ending.name == "close" || ending.name == "reset";
    tell("bob ends by " + ending.name + (is_abrupt ? " while a lot is written to him" : ""));
    auto bob = std::make_unique<Guest>(
        server, "bob", grading::Wire::Options{.receive_buffer = is_abrupt ? 4096 : 0});
    bob->join("den");
    ann.expect("JOINED den bob");
    if (is_abrupt) write_a_lot(ann);
    ending.happen(*bob);
    ann.expect("LEFT den bob");

    tell("his name is free: ann has seen him leave");
    Guest next(server, "bob");
    next.join("den");
    ann.expect("JOINED den bob");
    tell("only now the old connection is closed on this side too");
    bob.reset();
    server.settle();
    Guest third = Guest::without_name(server, "a third one");
    third.say("NAME bob");
    third.expect_error("NAME bob, which is taken");
    ann.say("SAY den to the new one");
    for (Guest* member : {&ann, &next}) member->expect("MSG den ann to the new one");
    ann.expect_only("den", "ann bob");
    next.expect_only("den", "ann bob");
    next.say("QUIT");
    next.wire().expect_close_after("BYE\n");
    ann.expect("LEFT den bob");
    ann.expect_only("den", "ann");
  }
}

/// One who stays hears all the lines of the speaker, in order, and each leave once.
void expect_all(Guest& guest, std::vector<std::string> said, std::vector<std::string> leaves,
                const std::string& members) {
  std::vector<std::string> messages;
  std::vector<std::string> left;
  for (const std::string& line : guest.hear_until_now("den", members)) {
    (line.starts_with("LEFT ") ? left : messages).push_back(line);
  }
  std::sort(left.begin(), left.end());
  std::sort(leaves.begin(), leaves.end());
  if (messages != said) {
    grading::fail(guest.name() + " hears " + std::to_string(messages.size()) + " of " +
                  std::to_string(said.size()) + " lines of ann, or hears them in another order");
  }
  if (left != leaves) {
    grading::fail(guest.name() + " sees " + std::to_string(left.size()) + " leaves of " +
                  std::to_string(leaves.size()) + " members who ended");
  }
}

GRADED_TEST(Chat, MembersMayEndInsideABroadcast, 2,
            "members that end during a broadcast take nothing from the others (C2, F7)") {
  Random random(grading::seed(), "victims");
  ServerProcess server(chat_server({.max_queued_bytes = 1 << 20}));
  Guest ann(server, "m0-ann");
  ann.join("den");
  for (int round = 0; round < 4; ++round) {
    std::vector<std::unique_ptr<Guest>> members;
    for (int i = 1; i < 10; ++i) {
      members.push_back(std::make_unique<Guest>(server, "m" + std::to_string(i),
                                                grading::Wire::Options{.receive_buffer = 4096}));
      members.back()->join("den");
      ann.expect("JOINED den m" + std::to_string(i));
      for (auto& earlier : members) {
        if (earlier != members.back()) earlier->expect("JOINED den m" + std::to_string(i));
      }
    }
    std::vector<std::string> said;
    std::string sent;
    for (int i = 0; i < 12; ++i) {
      const std::string text(4000, static_cast<char>('a' + i));
      sent += "SAY den " + text + "\n";
      said.push_back("MSG den m0-ann " + text);
    }
    // While the server stands still all of this reaches its machine, and meets it at once.
    server.pause();
    std::vector<std::string> leaves;
    std::string staying = "m0-ann";
    ann.wire().send(sent);
    for (auto& member : members) {
      const bool ends = &member == &members.front() || random.below(2) == 0;
      if (!ends) {
        staying += " " + member->name();
        continue;
      }
      leaves.push_back("LEFT den " + member->name());
      if (random.below(3) == 0) {
        member->wire().close();
      } else {
        member->wire().reset();
      }
      member.reset();
    }
    server.resume();
    server.settle();
    expect_all(ann, said, leaves, staying);
    for (auto& member : members) {
      if (member) expect_all(*member, said, leaves, staying);
    }
    members.clear();
    server.settle();
    ann.hear_until_now("den", "m0-ann");
  }
}

GRADED_TEST(Chat, NothingStaysBehind, 1,
            "80 clients come and go: descriptors and memory return; stop() ends the rest (F7)") {
  ServerProcess server(chat_server({.max_line = 40'000}));
  const std::string text(30'000, 'x');
  const auto visit = [&](int visitors) {
    std::vector<std::unique_ptr<Guest>> guests;
    for (int i = 0; i < visitors; ++i) {
      guests.push_back(std::make_unique<Guest>(server, "guest" + std::to_string(i)));
      const std::string room = "room" + std::to_string(i / 5);
      guests.back()->say("JOIN " + room);
      guests.back()->say("SAY " + room + " " + text);
      guests.back()->hear();
    }
    for (int i = 0; i < visitors; ++i) {
      if (i % 3 == 0) guests[static_cast<std::size_t>(i)]->wire().reset();
      if (i % 3 == 1) guests[static_cast<std::size_t>(i)]->wire().close();
      if (i % 3 == 2) guests[static_cast<std::size_t>(i)]->say("QUIT");
    }
    guests.clear();
    server.settle();
  };
  visit(20);
  const std::size_t descriptors = server.open_descriptors();
  const std::size_t memory = server.memory();
  for (int batch = 0; batch < 3; ++batch) visit(20);
  EXPECT_EQ(server.open_descriptors(), descriptors) << "connections that ended are still open";
  EXPECT_LT(server.memory(), memory + (1 << 20)) << "what clients leave behind piles up";
  server.expect_at_rest();

  tell("the server is stopped while clients are connected, one of them not reading");
  Guest ann(server, "ann");
  ann.join("den");
  Guest bob(server, "bob", {.receive_buffer = 4096});
  bob.join("den");
  ann.expect("JOINED den bob");
  ann.say("SAY den " + text);
  ann.expect("MSG den ann " + text);
  Guest silent = Guest::without_name(server, "silent");
  server.stop();

  ServerProcess full(chat_server(), {.name = "a server that waits for a descriptor"});
  full.limit_descriptors(0);
  grading::Wire outside(full, {.name = "client that was not accepted"});
  full.settle();
  full.stop();
}

}  // namespace
}  // namespace octet::sockets
