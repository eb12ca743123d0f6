#include "tools/cluster/member.h"

#include <fmt/format.h>

#include <asio/buffer.hpp>
#include <asio/co_spawn.hpp>
#include <asio/detached.hpp>
#include <asio/read_until.hpp>
#include <asio/redirect_error.hpp>
#include <asio/use_awaitable.hpp>
#include <asio/write.hpp>
#include <csignal>
#include <cstring>
#include <utility>

namespace octet::cluster {
namespace {

constexpr std::size_t longest_line = 32U << 20;  // bytes

template <class Stream>
asio::awaitable<bool> read_line(Stream& stream, std::string& buffer, std::string& line) {
  asio::error_code error;
  const std::size_t length =
      co_await asio::async_read_until(stream, asio::dynamic_buffer(buffer, longest_line), '\n',
                                      asio::redirect_error(asio::use_awaitable, error));
  if (error) co_return false;
  line = buffer.substr(0, length - 1);
  buffer.erase(0, length);
  co_return true;
}

std::string in_words(const Ending& ending) {
  return ending.signal == 0 ? fmt::format("ended with exit code {}", ending.exit_code)
                            : fmt::format("was ended by {}", strsignal(ending.signal));
}

}  // namespace

Member::Member(asio::io_context& io, std::vector<std::string> command, std::uint16_t control,
               Tell tell)
    : io_(io),
      command_(std::move(command)),
      control_at_(asio::ip::address_v4::loopback(), control),
      tell_(std::move(tell)) {}

bool Member::start() {
  if (is_up()) return false;
  has_failed_ = false;
  process_.emplace(Launch{.command = command_,
                          .output = Launch::Output::pipe,
                          .errors = Launch::Output::pipe,
                          .own_group = true});  // Ctrl-C is for us, who end it then
  output_ =
      std::make_shared<asio::posix::stream_descriptor>(io_, process_->take_output().release());
  asio::co_spawn(
      io_, [this, output = output_] { return read_output(output); }, asio::detached);
  return true;
}

bool Member::kill() {
  if (!signal(SIGKILL)) return false;
  reap();
  return true;
}

bool Member::pause() {
  return signal(SIGSTOP);
}

bool Member::resume() {
  return signal(SIGCONT);
}

bool Member::say(const std::string& line) {
  if (!is_up() || !control_) return false;
  asio::error_code error;
  asio::write(*control_, asio::buffer(line + "\n"), error);
  return !error;
}

/// Until its end, which closes the pipe. Ours or an earlier life's: each has a pipe of its own.
asio::awaitable<void> Member::read_output(std::shared_ptr<asio::posix::stream_descriptor> output) {
  std::string buffer;
  std::string line;
  while (co_await read_line(*output, buffer, line)) {
    tell_(line);
    if (!line.ends_with("is ready")) continue;
    control_ = std::make_shared<asio::ip::tcp::socket>(io_);
    asio::error_code error;
    control_->connect(control_at_, error);
    if (error) {
      tell_("its control port does not answer: " + error.message());
      continue;
    }
    asio::co_spawn(
        io_, [this, control = control_] { return read_control(control); }, asio::detached);
  }
  if (output != output_ || !is_up()) co_return;
  const Ending ending = reap();
  has_failed_ = ending != Ending{};
  tell_(in_words(ending));
}

asio::awaitable<void> Member::read_control(std::shared_ptr<asio::ip::tcp::socket> control) {
  std::string buffer;
  std::string line;
  while (co_await read_line(*control, buffer, line)) tell_(line);
}

bool Member::signal(int number) {
  return is_up() && process_->signal(number);
}

Ending Member::reap() {
  const Ending ending = process_->wait();
  process_.reset();
  asio::error_code ignored;
  if (control_) control_->close(ignored);
  control_.reset();
  output_.reset();
  return ending;
}

}  // namespace octet::cluster
