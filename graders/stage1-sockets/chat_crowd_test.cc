#include <algorithm>
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
using grading::lines_of;
using grading::Random;
using grading::ServerProcess;
using grading::tell;

using Guests = std::vector<std::unique_ptr<Guest>>;

/// Guests with these names, all of them in the den, who have heard each other come.
Guests in_the_den(ServerProcess& server, const std::vector<std::string>& names,
                  const std::vector<int>& receive_buffers) {
  Guests guests;
  for (std::size_t i = 0; i < names.size(); ++i) {
    guests.push_back(std::make_unique<Guest>(
        server, names[i], grading::Wire::Options{.receive_buffer = receive_buffers[i]}));
    guests.back()->join("den");
    for (std::size_t k = 0; k < i; ++k) guests[k]->expect("JOINED den " + names[i]);
  }
  return guests;
}

std::string message(const Guest& speaker, const std::string& text) {
  return "MSG den " + speaker.name() + " " + text + "\n";
}

/// A text that shows whose it is and where it was cut.
std::string long_text(std::size_t speaker, std::size_t line, std::size_t length) {
  std::string text = std::to_string(line) + ":";
  while (text.size() < length)
    text.append(16, static_cast<char>('a' + (speaker * 7 + text.size() / 16) % 26));
  return text;
}

/// Sends each guest's bytes in pieces, in turns, so that the server reads them interleaved.
void send_interleaved(Guests& guests, const std::vector<std::string>& bytes, Random& random) {
  std::vector<std::size_t> sent(bytes.size(), 0);
  for (std::size_t left = bytes.size(); left > 0;) {
    const std::size_t who = random.below(bytes.size());
    if (sent[who] == bytes[who].size()) continue;
    const std::size_t size = 1 + random.below(200'000);
    guests[who]->wire().send(std::string_view(bytes[who]).substr(sent[who], size));
    sent[who] = std::min(bytes[who].size(), sent[who] + size);
    if (sent[who] == bytes[who].size()) --left;
  }
}

/// Fails unless `heard` is all the lines of every speaker, whole, and each speaker's in order.
void expect_every_line(const Guest& listener, std::string_view heard, const Guests& speakers,
                       const std::vector<std::vector<std::string>>& said) {
  std::vector<std::size_t> next(speakers.size(), 0);
  for (const std::string& line : lines_of(heard)) {
    std::size_t who = 0;
    while (who < speakers.size() && !line.starts_with("MSG den " + speakers[who]->name() + " "))
      ++who;
    if (who == speakers.size()) {
      grading::fail(listener.name() + " hears a line that nobody said: \"" + line.substr(0, 60) +
                    '"');
    }
    const auto& lines = said[who];
    if (next[who] < lines.size() && line + "\n" == lines[next[who]]) {
      ++next[who];
      continue;
    }
    grading::fail(listener.name() + " expected line " + std::to_string(next[who]) + " of " +
                  speakers[who]->name() + " and hears \"" + line.substr(0, 60) + "\" (" +
                  std::to_string(line.size()) + " bytes): out of order, twice, or damaged");
  }
}

GRADED_TEST(Chat, LinesStayWholeAndInOrder, 2,
            "each speaker's lines arrive whole, once, in its order, at slow readers too (C1, C4)") {
  Random random(grading::seed(), "crowd");
  ServerProcess server(chat_server({.max_line = 1 << 20, .max_queued_bytes = 64 << 20}));
  Guests guests = in_the_den(server, {"ann", "bob", "cat"}, {0, 0, 4096});
  std::vector<std::string> bytes(guests.size());
  std::vector<std::vector<std::string>> said(guests.size());
  std::size_t total = 0;
  for (std::size_t who = 0; who < guests.size(); ++who) {
    for (std::size_t line = 0; line < 12; ++line) {
      const std::size_t length = line % 4 == 0 ? 400'000 + random.below(200'000) : random.below(50);
      const std::string text = long_text(who, line, length);
      bytes[who] += "SAY den " + text + "\n";
      said[who].push_back(message(*guests[who], text));
      total += said[who].back().size();
    }
  }
  send_interleaved(guests, bytes, random);
  // They read one after the other: the last ones are slow, and everything waits for them.
  for (auto& guest : guests) expect_every_line(*guest, guest->wire().receive(total), guests, said);
  for (auto& guest : guests) guest->expect_only("den", "ann bob cat");

  tell("many short lines in quick succession");
  for (std::size_t who = 0; who < guests.size(); ++who) {
    bytes[who].clear();
    said[who].clear();
    for (std::size_t line = 0; line < 100; ++line) {
      const std::string text = std::to_string(line);
      bytes[who] += "SAY den " + text + "\n";
      said[who].push_back(message(*guests[who], text));
    }
  }
  total = 0;
  for (const auto& lines : said) {
    for (const std::string& line : lines) total += line.size();
  }
  for (std::size_t who = 0; who < guests.size(); ++who) guests[who]->wire().send(bytes[who]);
  for (auto& guest : guests) expect_every_line(*guest, guest->wire().receive(total), guests, said);
}

}  // namespace
}  // namespace octet::sockets
