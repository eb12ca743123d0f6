#include <algorithm>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/net/server_process.h"
#include "graders/stage1-sockets/chat_flood.h"
#include "graders/stage1-sockets/chat_guest.h"
#include "graders/stage1-sockets/servers.h"

namespace octet::sockets {
namespace {

using grading::Flood;
using grading::Guest;
using grading::ServerProcess;
using grading::tell;

/// All lines that the server has for a guest who begins to read now. `members` are in the den.
std::string catch_up(ServerProcess& server, Guest& slow, const std::string& members) {
  // Not to the last byte: those whose arrival is not confirmed yet may be counted twice.
  constexpr std::size_t doubtful = 16 << 10;
  std::string heard;
  for (;;) {
    server.settle();
    const std::size_t there = slow.wire().unreceived();
    if (there <= doubtful) break;
    heard += slow.wire().receive(there - doubtful);
  }
  for (const std::string& line : slow.hear_until_now("den", members)) heard += line + '\n';
  return heard;
}

void expect_all_of(const Flood& flood, Guest& guest) {
  if (guest.wire().receive(flood.text().size()) == flood.text()) return;
  grading::fail(guest.name() + " does not hear the " + std::to_string(flood.lines()) +
                " lines as they were said");
}

/// What was sent to a slow member before its connection was reset; the last line may be cut.
void expect_prefix(const Flood& flood, Guest& guest) {
  std::string came = guest.wire().receive_all();
  came.erase(came.rfind('\n') + 1);
  flood.numbers_of(guest, came);
}

/// Fails unless the lines that a slow member missed are those that the declared policy drops.
void expect_what_the_policy_leaves(const Flood& flood, Guest& slow, std::string_view heard) {
  const std::vector<int> numbers = flood.numbers_of(slow, heard);
  tell(slow.name() + " hears " + std::to_string(numbers.size()) + " of " +
       std::to_string(flood.lines()) + " lines");
  // The kernel took the first ones in any case. So look at the last ones: few enough to fit into
  // half of a queue, and more than fit into what is free in a full one.
  constexpr int last = 10;
  const auto newest = std::count_if(numbers.begin(), numbers.end(),
                                    [&](int number) { return number >= flood.lines() - last; });
  if (chat_slow_consumer_policy() == SlowConsumer::drop_oldest) {
    EXPECT_EQ(newest, last) << "of the last " << last << " lines reached " << slow.name()
                            << ": with drop_oldest the newest lines are kept";
  } else {
    EXPECT_LT(newest, last) << "all of the last lines reached " << slow.name()
                            << ": with drop_newest a full queue takes no new lines";
  }
}

GRADED_TEST(Chat, ASlowConsumerHarmsOnlyItself, 3,
            "a member that does not read costs bounded memory, by the declared policy (C3, F6)") {
  const bool disconnects = chat_slow_consumer_policy() == SlowConsumer::disconnect;
  tell(disconnects ? "the policy: disconnect" : "the policy: drop lines");
  ServerProcess server(chat_server());
  Guest ann(server, "ann");
  ann.join("den");
  // The slow ones stand between the others in the list of members, by name and by arrival.
  Guest bob(server, "bob", {.receive_buffer = 4096});
  bob.join("den");
  Guest cat(server, "cat", {.receive_buffer = 4096});
  cat.join("den");
  Guest dan(server, "dan");
  dan.join("den");
  ann.expect({"JOINED den bob", "JOINED den cat", "JOINED den dan"});
  bob.expect({"JOINED den cat", "JOINED den dan"});
  cat.expect("JOINED den dan");

  const std::size_t before = server.memory();
  Flood flood(ann);
  constexpr std::size_t full = 512 << 10;  // twice the limit
  flood.leave_behind(server, bob, full, {&ann, &dan});
  flood.leave_behind(server, cat, full, {&ann, &dan});
  tell("the queues of bob and cat are full; ann goes on");
  constexpr int more_rounds = 60;  // 6 MB for each of the two
  for (int round = 0; round < more_rounds; ++round) flood.say_round({&ann, &dan});
  const std::size_t grown = server.memory() - std::min(server.memory(), before);
  EXPECT_LT(grown, 8u << 20) << "bytes more are kept for two members who do not read";

  std::vector<std::string> leaves = flood.leaves();
  std::sort(leaves.begin(), leaves.end());
  const std::vector<std::string> seen_by_both = {"LEFT den bob", "LEFT den bob", "LEFT den cat",
                                                 "LEFT den cat"};
  EXPECT_EQ(leaves, disconnects ? seen_by_both : std::vector<std::string>());
  if (testing::Test::HasFailure()) return;
  if (disconnects) {
    ann.expect_only("den", "ann dan");
    expect_prefix(flood, bob);
    expect_prefix(flood, cat);
    Guest next(server, "bob");
    next.join("den");
    ann.expect("JOINED den bob");
  } else {
    ann.expect_only("den", "ann bob cat dan");
    for (Guest* slow : {&bob, &cat}) {
      const std::string heard = catch_up(server, *slow, "ann bob cat dan");
      expect_what_the_policy_leaves(flood, *slow, heard);
      slow->expect_only("den", "ann bob cat dan");
    }
  }
}

GRADED_TEST(Chat, SlowWithinTheLimitLosesNothing, 1,
            "while no more than max_queued_bytes wait, a slow reader loses nothing (C3)") {
  constexpr std::size_t limit = 1 << 20;
  ServerProcess server(chat_server({.max_queued_bytes = limit}));
  Guest ann(server, "ann");
  ann.join("den");
  Guest bob(server, "bob", {.receive_buffer = 4096});
  bob.join("den");
  ann.expect("JOINED den bob");
  Flood flood(ann);
  flood.leave_behind(server, bob, limit * 6 / 10, {&ann});
  EXPECT_EQ(flood.leaves(), std::vector<std::string>()) << "bob is within the limit";
  expect_all_of(flood, bob);
  bob.expect_only("den", "ann bob");
  ann.expect_only("den", "ann bob");
}

GRADED_TEST(Chat, ASlowMemberMayEnd, 1,
            "who ends with lines waiting is seen to leave at once, and still gets them (C5)") {
  struct LateEnding {
    std::string name;
    std::function<void(Guest&)> happen;
    std::string last_words;
  };
  const std::vector<LateEnding> endings = {
      {"QUIT", [](Guest& guest) { guest.say("QUIT"); }, "BYE\n"},
      {"end of stream", [](Guest& guest) { guest.wire().shut_down_sending(); }, ""}};
  constexpr std::size_t limit = 1 << 20;
  ServerProcess server(chat_server({.max_queued_bytes = limit}));
  Guest ann(server, "ann");
  ann.join("den");
  for (const LateEnding& ending : endings) {
    Guest bob(server, "bob", {.receive_buffer = 4096});
    bob.join("den");
    ann.expect("JOINED den bob");
    Flood flood(ann);
    flood.leave_behind(server, bob, limit * 6 / 10, {&ann});
    bob.say("SAY den I do not read");
    ann.expect("MSG den bob I do not read");
    tell("bob ends by " + ending.name + ", before he reads what waits for him");
    ending.happen(bob);
    ann.expect("LEFT den bob");
    ann.expect_only("den", "ann");
    expect_all_of(flood, bob);
    bob.expect("MSG den bob I do not read");
    bob.wire().expect_close_after(ending.last_words);
  }
}

GRADED_TEST(Chat, RepliesAreBoundedToo, 1,
            "one that asks and never reads the answers costs bounded memory too (C3, F6)") {
  ServerProcess server(chat_server());
  std::vector<std::unique_ptr<Guest>> crowd;
  std::string members;
  for (char letter = 'a'; letter <= 't'; ++letter) {
    crowd.push_back(std::make_unique<Guest>(server, std::string(32, letter)));
    crowd.back()->join("den");
    for (auto& earlier : crowd) {
      if (earlier != crowd.back()) earlier->expect("JOINED den " + crowd.back()->name());
    }
    members += (members.empty() ? "" : " ") + crowd.back()->name();
  }
  std::string questions;
  for (int i = 0; i < 30'000; ++i) questions += "WHO den\n";
  Guest greedy(server, "greedy", {.receive_buffer = 4096});
  const std::size_t before = server.memory();
  const std::size_t sent = greedy.wire().send_until_full(questions);
  server.settle();
  EXPECT_GT(sent, 0u);
  EXPECT_LT(server.memory(), before + (4 << 20))
      << "it keeps the answers of 660 bytes each to " << sent / 8 << " questions";
  crowd.front()->say("SAY den and me?");
  for (auto& member : crowd) member->expect("MSG den " + crowd.front()->name() + " and me?");
  crowd.back()->expect_only("den", members);
}

}  // namespace
}  // namespace octet::sockets
