#pragma once

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "graders/dsl/net/server_process.h"
#include "graders/stage1-sockets/chat_guest.h"

namespace octet::grading {

/// Numbered lines that one guest says in the den, and what the others hear of them. It begins when
/// everybody has joined.
class Flood {
 public:
  /// In one round, so that it takes fewer bytes than the usual limit of one queue: the speaker
  /// hears itself, too.
  static constexpr int lines_per_round = 30;

  explicit Flood(Guest& speaker) : speaker_(&speaker) {}

  int lines() const { return lines_; }
  /// All that a member hears of it, so far.
  const std::string& text() const { return text_; }

  /// Says a round, which each of `readers` hears at once, complete and in order. The speaker has to
  /// be among them.
  void say_round(std::initializer_list<Guest*> readers);

  /// Says rounds until more than `bytes` wait in the server for somebody who does not read, or are
  /// lost. That takes more than the buffers of the system hold.
  void leave_behind(ServerProcess& server, Guest& slow, std::size_t bytes,
                    std::initializer_list<Guest*> readers);

  /// The LEFT lines that the readers heard between the others, all in one list.
  const std::vector<std::string>& leaves() const { return leaves_; }

  /// The numbers of the lines in `heard`. Fails unless each is whole, none comes twice, and they
  /// are in order. LEFT lines may be between them.
  std::vector<int> numbers_of(const Guest& guest, std::string_view heard) const;

 private:
  std::size_t held_back_from(const Guest& slow) const;
  void expect_round(Guest& reader, std::string_view expected);

  Guest* speaker_;
  int lines_ = 0;
  std::string text_;
  std::vector<std::string> leaves_;
};

}  // namespace octet::grading
