#include <algorithm>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/net/server_process.h"
#include "graders/stage1-sockets/chat_guest.h"
#include "graders/stage1-sockets/servers.h"

namespace octet::sockets {
namespace {

using grading::Guest;
using grading::lines_of;
using grading::ServerProcess;
using grading::tell;

constexpr std::size_t longest_text = 4000;
constexpr int lines_per_round = 30;  // fewer bytes than the limit of one queue
constexpr int rounds = 560;          // 63 MB altogether

/// Line `number` of what ann says. Lengths differ, so that whoever counts bytes for lines is seen.
std::string text(int number) {
  std::string text = std::to_string(number) + ":";
  text.resize(longest_text - static_cast<std::size_t>(number) * 37 % 500,
              static_cast<char>('a' + number % 26));
  return text;
}

std::string message(int number) {
  return "MSG den ann " + text(number);
}

/// Hears a round of ann's lines, in order and complete. Returns the LEFT lines among them.
std::vector<std::string> hear_round(Guest& guest, int round) {
  std::string expected;
  for (int i = 0; i < lines_per_round; ++i) {
    expected += message(round * lines_per_round + i) + "\n";
  }
  std::vector<std::string> left;
  std::string heard;
  while (heard.size() < expected.size()) {
    heard += guest.wire().receive(expected.size() - heard.size());
    for (std::size_t at = heard.find("LEFT "); at != heard.npos; at = heard.find("LEFT ")) {
      while (heard.find('\n', at) == heard.npos) heard += guest.wire().receive(1);
      const std::size_t end = heard.find('\n', at);
      left.push_back(heard.substr(at, end - at));
      heard.erase(at, end + 1 - at);
    }
  }
  if (heard == expected) return left;
  grading::fail(guest.name() + " reads all the time, and does not hear ann's lines " +
                std::to_string(round * lines_per_round) + " and following as she said them");
}

void say_round(Guest& ann, int round) {
  std::string lines;
  for (int i = 0; i < lines_per_round; ++i) {
    lines += "SAY den " + text(round * lines_per_round + i) + "\n";
  }
  ann.wire().send(lines);
}

/// Fails unless the lines are some of ann's, in her order. Returns how many there are.
int expect_some_in_order(const Guest& guest, const std::vector<std::string>& lines) {
  int next = 0;
  int heard = 0;
  for (const std::string& line : lines) {
    if (line.starts_with("LEFT den ")) continue;
    const bool is_hers = line.starts_with("MSG den ann ");
    const int number = is_hers ? std::atoi(line.c_str() + std::string("MSG den ann ").size()) : -1;
    if (number < next || line != message(number)) {
      grading::fail(guest.name() + " hears a line damaged, twice or out of order: \"" +
                    line.substr(0, 40) + "\" (" + std::to_string(line.size()) + " bytes)");
    }
    next = number + 1;
    ++heard;
  }
  return heard;
}

/// What was sent to a slow member before its connection was reset; the last line may be cut.
void expect_prefix(Guest& guest) {
  std::string came = guest.wire().receive_all();
  came.erase(came.rfind('\n') + 1);
  expect_some_in_order(guest, lines_of(came));
}

/// A slow member begins to read, while ann goes on: in the end it hears her again.
void expect_to_hear_again(Guest& ann, Guest& slow) {
  constexpr int most_lines = 20'000;  // more than any socket buffer holds
  std::vector<std::string> lines;
  for (int i = 0; i < most_lines; ++i) {
    ann.say("SAY den are you there?");
    ann.expect("MSG den ann are you there?");
    lines.push_back(slow.hear());
    if (lines.back() == "MSG den ann are you there?") break;
  }
  lines.pop_back();
  const int heard = expect_some_in_order(slow, lines);
  tell(slow.name() + " hears " + std::to_string(heard) + " of ann's lines");
  EXPECT_LT(heard, rounds * lines_per_round) << "so much cannot have waited in a bounded queue";
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
  std::size_t most = 0;
  std::vector<std::vector<std::string>> left(2);
  for (int round = 0; round < rounds; ++round) {
    say_round(ann, round);
    for (const auto& [guest, seen] : {std::pair(&ann, &left[0]), {&dan, &left[1]}}) {
      for (std::string& line : hear_round(*guest, round)) seen->push_back(std::move(line));
    }
    if (round % 40 == 39) most = std::max(most, server.memory());
    if (most > before + (8 << 20)) {
      grading::fail("two members do not read, and the server keeps " +
                    std::to_string((most - before) >> 20) + " MiB more after " +
                    std::to_string(round + 1) + " rounds of 120 kB");
    }
  }

  for (auto& seen : left) std::sort(seen.begin(), seen.end());
  const std::vector<std::string> both = {"LEFT den bob", "LEFT den cat"};
  for (const auto& seen : left) EXPECT_EQ(seen, disconnects ? both : std::vector<std::string>());
  if (testing::Test::HasFailure()) return;
  if (disconnects) {
    ann.expect_only("den", "ann dan");
    expect_prefix(bob);
    expect_prefix(cat);
    Guest next(server, "bob");
    next.join("den");
    ann.expect("JOINED den bob");
  } else {
    ann.expect_only("den", "ann bob cat dan");
    expect_to_hear_again(ann, bob);
    expect_to_hear_again(ann, cat);
  }
}

GRADED_TEST(Chat, SlowWithinTheLimitLosesNothing, 1,
            "while no more than max_queued_bytes wait, a slow reader loses nothing (C3)") {
  ServerProcess server(chat_server({.max_queued_bytes = 16 << 20}));
  Guest ann(server, "ann");
  ann.join("den");
  Guest bob(server, "bob", {.receive_buffer = 4096});
  bob.join("den");
  ann.expect("JOINED den bob");
  constexpr int few_rounds = 100;  // 12 MB: below the limit, above what the system's buffers hold
  for (int round = 0; round < few_rounds; ++round) {
    say_round(ann, round);
    EXPECT_TRUE(hear_round(ann, round).empty()) << "bob is within the limit";
  }
  for (int round = 0; round < few_rounds; ++round) hear_round(bob, round);
  bob.expect_only("den", "ann bob");
  ann.expect_only("den", "ann bob");
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
