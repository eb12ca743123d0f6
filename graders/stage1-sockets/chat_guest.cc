#include "graders/stage1-sockets/chat_guest.h"

#include <utility>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/net/bytes.h"

namespace octet::grading {

Guest::Guest(ServerProcess& server, std::string name, Wire::Options options, Nameless)
    : name_(name),
      wire_(server, {.name = std::move(name), .receive_buffer = options.receive_buffer}) {}

Guest::Guest(ServerProcess& server, std::string name, Wire::Options options)
    : Guest(server, std::move(name), std::move(options), Nameless{}) {
  say("NAME " + name_);
  expect("WELCOME " + name_);
}

Guest Guest::without_name(ServerProcess& server, std::string name) {
  return Guest(server, std::move(name), {}, Nameless{});
}

void Guest::say(std::string_view line) {
  wire_.send(std::string(line) + '\n');
}

std::string Guest::hear() {
  std::string line = wire_.receive_until("\n");
  line.pop_back();
  return line;
}

void Guest::expect(std::string_view line) {
  const std::string heard = hear();
  if (heard == line) return;
  fail(name_ + " expected the line " + show(line) + " and hears " + show(heard));
}

void Guest::expect(std::initializer_list<std::string_view> lines) {
  for (const std::string_view line : lines) expect(line);
}

void Guest::expect_error(std::string_view about) {
  const std::string heard = hear();
  if (heard.size() > 6 && heard.starts_with("ERROR ")) return;
  fail(name_ + " said " + show(about) + ", expected \"ERROR <reason>\" and hears " + show(heard));
}

void Guest::join(const std::string& room) {
  say("JOIN " + room);
  expect("JOINED " + room + " " + name_);
}

std::vector<std::string> Guest::hear_until_now(const std::string& room,
                                               const std::string& members) {
  const std::string answer = "MEMBERS " + room + (members.empty() ? "" : " " + members);
  say("WHO " + room);
  std::vector<std::string> heard;
  for (;;) {
    const std::string line = hear();
    if (line == answer) return heard;
    if (line.starts_with("MEMBERS ")) {
      fail(name_ + " expected " + show(answer) + " and hears " + show(line));
    }
    heard.push_back(line);
  }
}

void Guest::expect_only(const std::string& room, const std::string& members) {
  const std::vector<std::string> heard = hear_until_now(room, members);
  if (!heard.empty()) fail(name_ + " should have heard nothing, and hears " + show(heard.front()));
}

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    if (end == text.npos) fail("a line has no ending: " + show(text));
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(end + 1);
  }
  return lines;
}

}  // namespace octet::grading
