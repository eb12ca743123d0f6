#include "graders/stage1-sockets/chat_flood.h"

#include <algorithm>
#include <cstdlib>

#include "graders/dsl/graded_test.h"

namespace octet::grading {
namespace {

constexpr std::size_t longest_text = 4000;
constexpr std::size_t most_bytes = 64 << 20;  // more than any system's buffers hold

/// What line `number` says. Lengths differ, so that whoever counts bytes for lines is seen.
std::string text_of(int number) {
  std::string text = std::to_string(number) + ":";
  text.resize(longest_text - static_cast<std::size_t>(number) * 37 % 500,
              static_cast<char>('a' + number % 26));
  return text;
}

}  // namespace

void Flood::say_round(std::initializer_list<Guest*> readers) {
  const std::size_t start = text_.size();
  std::string said;
  for (int i = 0; i < lines_per_round; ++i) {
    const std::string text = text_of(lines_++);
    said += "SAY den " + text + "\n";
    text_ += "MSG den " + speaker_->name() + " " + text + "\n";
  }
  speaker_->wire().send(said);
  for (Guest* reader : readers) expect_round(*reader, std::string_view(text_).substr(start));
}

void Flood::expect_round(Guest& reader, std::string_view expected) {
  std::string heard;
  while (heard.size() < expected.size()) {
    heard += reader.wire().receive(expected.size() - heard.size());
    for (std::size_t at = heard.find("LEFT "); at != heard.npos; at = heard.find("LEFT ")) {
      while (heard.find('\n', at) == heard.npos) heard += reader.wire().receive(1);
      const std::size_t end = heard.find('\n', at);
      leaves_.push_back(heard.substr(at, end - at));
      heard.erase(at, end + 1 - at);
    }
  }
  if (heard == expected) return;
  fail(reader.name() + " reads all the time, and does not hear " + speaker_->name() + "'s lines " +
       std::to_string(lines_ - lines_per_round) + " and following as they were said");
}

std::size_t Flood::held_back_from(const Guest& slow) const {
  const std::size_t written = slow.wire().written_by_server();
  return text_.size() - std::min(text_.size(), written);
}

void Flood::leave_behind(ServerProcess& server, Guest& slow, std::size_t bytes,
                         std::initializer_list<Guest*> readers) {
  while (text_.size() < most_bytes) {
    say_round(readers);
    if (held_back_from(slow) <= bytes) continue;
    // The system may have been about to take more.
    server.settle();
    if (held_back_from(slow) > bytes) return;
  }
  fail("the server takes lines for " + slow.name() +
       " without end, and the system does not complain");
}

std::vector<int> Flood::numbers_of(const Guest& guest, std::string_view heard) const {
  const std::string start = "MSG den " + speaker_->name() + " ";
  std::vector<int> numbers;
  for (const std::string& line : lines_of(heard)) {
    if (line.starts_with("LEFT den ")) continue;
    const int number = line.starts_with(start) ? std::atoi(line.c_str() + start.size()) : -1;
    const bool is_next = number > (numbers.empty() ? -1 : numbers.back()) && number < lines_;
    if (!is_next || line != start + text_of(number)) {
      fail(guest.name() + " hears a line damaged, twice or out of order: \"" + line.substr(0, 40) +
           "\" (" + std::to_string(line.size()) + " bytes)");
    }
    numbers.push_back(number);
  }
  return numbers;
}

}  // namespace octet::grading
