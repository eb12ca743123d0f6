#include "runtime/tcp/control.h"

#include <asio/buffer.hpp>
#include <asio/co_spawn.hpp>
#include <asio/error.hpp>
#include <asio/read_until.hpp>
#include <asio/redirect_error.hpp>
#include <asio/steady_timer.hpp>
#include <asio/use_awaitable.hpp>
#include <asio/write.hpp>
#include <charconv>
#include <utility>

#include "runtime/tcp/runner.h"
#include "runtime/tcp/spawn.h"

namespace octet::tcp {
namespace {

constexpr std::size_t longest_line = 1U << 20;    // bytes
constexpr std::size_t longest_queue = 16U << 20;  // bytes
constexpr std::size_t most_unheard = 1'000;       // outputs

std::optional<NodeId> parse_node(std::string_view text) {
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

}  // namespace

struct Control::Session : std::enable_shared_from_this<Session> {
  explicit Session(asio::ip::tcp::socket connected) : socket(std::move(connected)) {}

  /// Who does not read what he asked for is disconnected.
  void say(std::string_view line) {
    if (queue.size() > longest_queue) {
      asio::error_code ignored;
      socket.close(ignored);
      return;
    }
    queue.append(line).append("\n");
    if (!std::exchange(is_writing, true)) {
      asio::co_spawn(
          socket.get_executor(), [self = shared_from_this()] { return self->write(); }, rethrow);
    }
  }

  asio::awaitable<void> write() {
    const auto self = shared_from_this();
    asio::error_code error;
    while (!error && !queue.empty()) {
      const std::string lines = std::exchange(queue, {});
      co_await asio::async_write(socket, asio::buffer(lines),
                                 asio::redirect_error(asio::use_awaitable, error));
    }
    is_writing = false;
  }

  asio::ip::tcp::socket socket;
  std::string queue;
  bool is_writing = false;
};

Control::Control(asio::io_context& io, const asio::ip::tcp::endpoint& listen, Runner& runner,
                 ParseInput parse_input)
    : io_(io), acceptor_(io, listen), runner_(runner), parse_input_(std::move(parse_input)) {
  runner_.on_output = [this](const Bytes& output) { tell_all(output); };
  asio::co_spawn(
      io_, [this] { return accept(); }, rethrow);
}

asio::awaitable<void> Control::accept() {
  while (true) {
    asio::error_code error;
    auto socket = co_await acceptor_.async_accept(asio::redirect_error(asio::use_awaitable, error));
    if (!error) {
      const auto session = std::make_shared<Session>(std::move(socket));
      sessions_.insert(session);
      for (const std::string& line : std::exchange(unheard_, {})) session->say(line);
      asio::co_spawn(
          io_, [this, session] { return serve(session); }, rethrow);
      continue;
    }
    asio::steady_timer pause(io_, std::chrono::milliseconds(100));  // no descriptor is left
    co_await pause.async_wait(asio::use_awaitable);
  }
}

asio::awaitable<void> Control::serve(std::shared_ptr<Session> session) {
  std::string input;
  asio::error_code error;
  while (!error) {
    const std::size_t length =
        co_await asio::async_read_until(session->socket, asio::dynamic_buffer(input, longest_line),
                                        '\n', asio::redirect_error(asio::use_awaitable, error));
    if (error == asio::error::not_found) {
      session->say("error: a line has at most " + std::to_string(longest_line) + " bytes");
    }
    if (error) break;
    std::string line = input.substr(0, length - 1);
    input.erase(0, length);
    if (line.ends_with('\r')) line.pop_back();
    if (line.starts_with("input ")) co_await runner_.room();
    session->say(answer(line));
  }
  sessions_.erase(session);
}

std::string Control::answer(std::string_view line) {
  const std::string_view verb = line.substr(0, line.find(' '));
  const std::string_view rest = line.substr(std::min(verb.size() + 1, line.size()));
  if (line == "view") return runner_.node().view_json();
  if (line == "heal") {
    runner_.heal();
    return "ok";
  }
  if (verb == "cut") {
    const auto peer = parse_node(rest);
    if (!peer || !runner_.has_peer(*peer)) return "error: no node has this number";
    runner_.cut(*peer);
    return "ok";
  }
  if (verb == "input") {
    const auto input = parse_input_(rest);
    if (!input) return "error: this is no input of the protocol";
    return runner_.input(*input) ? "ok" : "error: the node does not know this input";
  }
  return "error: say view, cut NODE, heal or input TEXT";
}

void Control::tell_all(const Bytes& output) {
  const Shown shown = runner_.node().show(List::output, output);
  const std::string line = "output " + shown.name + " " + shown.json;
  for (const auto& session : sessions_) session->say(line);
  if (!sessions_.empty()) return;
  unheard_.push_back(line);
  if (unheard_.size() > most_unheard) unheard_.pop_front();
}

}  // namespace octet::tcp
