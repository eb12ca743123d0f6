#include "graders/dsl/net/wire.h"

#include <fmt/format.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/net/bytes.h"

/// What a wire receives.
namespace octet::grading {
namespace {

constexpr std::size_t unlimited = 64 << 10;  // bytes of one recv

}  // namespace

Wire::Input Wire::take(std::size_t most) {
  std::array<char, unlimited> chunk;
  const ssize_t size = ::recv(socket_, chunk.data(), std::min(most, chunk.size()), 0);
  if (size > 0) {
    buffer_.append(chunk.data(), static_cast<std::size_t>(size));
    taken_ += static_cast<std::uint64_t>(size);
    return Input::bytes;
  }
  if (size == 0) return Input::end;
  if (errno == EAGAIN || errno == EINTR) return Input::nothing;
  return Input::reset;
}

/// Receives at most `most` bytes at a time until there is enough, for one who waits for `what`.
void Wire::take_until(const std::string& what, std::size_t most,
                      const std::function<bool()>& enough) {
  Patience patience(*server_);
  std::optional<Patience::Over> over;
  while (!enough()) {
    const Input input = take(most - buffer_.size());
    if (input == Input::bytes) {
      patience.progress();
      over.reset();
      continue;
    }
    const std::string waited = fmt::format("{} waited for {}; {}", name_, what, what_came());
    if (input != Input::nothing) surprised_by_end(input, waited);
    if (over) server_->give_up(*over, waited);
    over = patience.wait(socket_, POLLIN);
  }
}

std::string Wire::what_came() const {
  if (buffer_.empty()) return "nothing came";
  return fmt::format("{} came: {}", count_of(buffer_.size(), "byte"), show(buffer_));
}

std::string Wire::hand_out(std::size_t count) {
  std::string bytes = buffer_.substr(0, count);
  buffer_.erase(0, count);
  tell(fmt::format("{} receives {}", name_, show(bytes)));
  return bytes;
}

std::string Wire::receive(std::size_t count) {
  take_until(count_of(count, "byte"), count, [&] { return buffer_.size() >= count; });
  return hand_out(count);
}

std::string Wire::receive_until(std::string_view delimiter) {
  std::size_t end = std::string::npos;
  take_until(fmt::format("bytes up to {}", show(delimiter)), std::string::npos, [&] {
    end = buffer_.find(delimiter);
    return end != std::string::npos;
  });
  return hand_out(end + delimiter.size());
}

void Wire::expect(std::string_view bytes) {
  const auto as_expected = [&] {
    const std::size_t size = std::min(buffer_.size(), bytes.size());
    return std::string_view(buffer_).substr(0, size) == bytes.substr(0, size);
  };
  take_until(show(bytes), bytes.size(),
             [&] { return buffer_.size() >= bytes.size() || !as_expected(); });
  if (!as_expected()) {
    fail(fmt::format("{} expected {}; {}", name_, show(bytes),
                     difference(buffer_, bytes.substr(0, buffer_.size()))));
  }
  hand_out(bytes.size());
}

void Wire::expect_silence() {
  server_->settle();
  const Input input = buffer_.empty() ? take(unlimited) : Input::bytes;
  switch (input) {
    case Input::nothing:
      return tell(fmt::format("{} hears nothing more", name_));
    case Input::bytes:
      fail(fmt::format("{} expected nothing to come; {}", name_, what_came()));
    default:
      surprised_by_end(input, fmt::format("{} expected nothing to happen", name_));
  }
}

void Wire::expect_close_after(std::string_view rest) {
  Patience patience(*server_);
  std::optional<Patience::Over> over;
  const auto wanted = [&] {
    return rest.empty() ? fmt::format("{} waited for the connection to close", name_)
                        : fmt::format("{} waited for {} and then for the connection to close",
                                      name_, show(rest));
  };
  for (;;) {
    const Input input = take(unlimited);
    if (input == Input::bytes) {
      patience.progress();
      over.reset();
      const std::string_view came = buffer_;
      if (came.size() <= rest.size() && came == rest.substr(0, came.size())) continue;
      fail(fmt::format("{}; {}", wanted(), difference(came, rest)));
    }
    if (input == Input::end && buffer_ == rest) break;
    if (input == Input::reset && rest.empty() && buffer_.empty()) break;
    if (input != Input::nothing) {
      surprised_by_end(input, fmt::format("{}; {}", wanted(), what_came()));
    }
    if (over) {
      server_->give_up(*over, fmt::format("{}; {}, and it stays open", wanted(), what_came()));
    }
    over = patience.wait(socket_, POLLIN);
  }
  if (!rest.empty()) hand_out(rest.size());
  if (const auto end = server_->ended()) server_->give_up(Patience::Over::ended, wanted());
  tell(fmt::format("{} sees the server close the connection", name_));
}

std::string Wire::receive_all() {
  Patience patience(*server_);
  std::optional<Patience::Over> over;
  for (;;) {
    const Input input = take(unlimited);
    if (input == Input::end || input == Input::reset) break;
    if (input == Input::bytes) {
      patience.progress();
      over.reset();
      continue;
    }
    if (over) {
      server_->give_up(*over, fmt::format("{} waited for the connection to close; {}, and it "
                                          "stays open",
                                          name_, what_came()));
    }
    over = patience.wait(socket_, POLLIN);
  }
  return hand_out(buffer_.size());
}

}  // namespace octet::grading
