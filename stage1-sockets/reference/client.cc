#include "client.h"

#include <array>
#include <asio/buffer.hpp>
#include <asio/co_spawn.hpp>
#include <asio/experimental/awaitable_operators.hpp>
#include <asio/post.hpp>
#include <asio/redirect_error.hpp>
#include <asio/use_awaitable.hpp>
#include <asio/write.hpp>
#include <exception>
#include <map>
#include <string_view>
#include <utility>

#include "backoff.h"
#include "frame_codec.h"

namespace octet::sockets {
namespace {

using asio::ip::tcp;

/// Of a request. They ascend in the order of request() and are never used again.
using Number = std::uint64_t;
constexpr std::size_t number_bytes = sizeof(Number);

constexpr std::size_t enough_for_one_write = 64 << 10;  // bytes

std::string number_and_body(Number number, std::string_view body) {
  std::string payload;
  payload.reserve(number_bytes + body.size());
  for (int shift = 56; shift >= 0; shift -= 8) payload += static_cast<char>(number >> shift);
  return payload.append(body);
}

Number number_of(std::string_view payload) {
  Number number = 0;
  for (const char byte : payload.substr(0, number_bytes)) {
    number = number << 8 | static_cast<unsigned char>(byte);
  }
  return number;
}

/// An exception on the way is a bug; it must not look like a connection that ended.
void rethrow(std::exception_ptr error) {
  if (error) std::rethrow_exception(error);
}

}  // namespace

struct Client::State : std::enable_shared_from_this<Client::State> {
  /// Lives from request() to its end; a number that is not found has ended already.
  struct Request {
    std::string body;  // empty once it is sent
    ReplyHandler done;
    Timer deadline;
  };

  State(asio::io_context& io, tcp::endpoint at, const ClientConfig& with)
      : config(with),
        server(std::move(at)),
        backoff(with.backoff, with.seed),
        socket(io),
        pause(io),
        more_to_send(io, Clock::time_point::max()) {}

  void request(std::string body, Clock::duration timeout, ReplyHandler done);
  void close();

  asio::awaitable<void> stay_connected();
  asio::awaitable<void> send_requests();
  asio::awaitable<void> receive_answers();
  void disconnect();
  void tell(const std::string& event) const {
    if (config.tell) config.tell(event);
  }

  bool has_unsent() const { return requests.lower_bound(first_unsent) != requests.end(); }
  std::string take_unsent();
  bool take_answer(std::string_view payload);
  bool end(Number number, Reply reply);
  void end_as_lost(Number before);

  ClientConfig config;
  tcp::endpoint server;
  Backoff backoff;
  tcp::socket socket;
  Timer pause;         // between attempts
  Timer more_to_send;  // never expires; its cancellation wakes send_requests()

  std::map<Number, Request> requests;
  Number next_number = 1;
  Number first_unsent = 1;  // all requests below it were sent, none from it on
  bool is_running = false;  // stay_connected()
  bool closed = false;
};

Client::Client(asio::io_context& io, tcp::endpoint server, ClientConfig config)
    : state_(std::make_shared<State>(io, std::move(server), config)) {}

Client::~Client() {
  close();
}

void Client::request(std::string body, Clock::duration timeout, ReplyHandler done) {
  state_->request(std::move(body), timeout, std::move(done));
}

void Client::close() {
  state_->close();
}

void Client::State::request(std::string body, Clock::duration timeout, ReplyHandler done) {
  const bool fits = body.size() + number_bytes <= config.max_payload;
  if (closed || !fits || requests.size() >= config.max_waiting) {
    asio::post(socket.get_executor(), [done = std::move(done)] { done({}); });
    return;
  }

  const Number number = next_number++;
  Timer deadline(socket.get_executor(), timeout);
  deadline.async_wait([self = shared_from_this(), number](asio::error_code) {
    self->end(number, {.status = Reply::Status::timed_out});
  });
  requests.emplace(number, Request{std::move(body), std::move(done), std::move(deadline)});

  more_to_send.cancel();
  if (std::exchange(is_running, true)) return;
  asio::co_spawn(
      socket.get_executor(), [self = shared_from_this()] { return self->stay_connected(); },
      rethrow);
}

void Client::State::close() {
  closed = true;
  end_as_lost(next_number);
  disconnect();
  pause.cancel();
}

/// Runs while there is something to send or somebody to hear from.
asio::awaitable<void> Client::State::stay_connected() {
  using namespace asio::experimental::awaitable_operators;
  const auto self = shared_from_this();
  while (!closed && has_unsent()) {
    asio::error_code error;
    tell("connecting");
    co_await socket.async_connect(server, asio::redirect_error(asio::use_awaitable, error));
    tell(error ? error.message() : "connected");
    if (!error && !closed) co_await (send_requests() && receive_answers());
    disconnect();
    end_as_lost(first_unsent);
    if (closed) break;

    // The pause comes also when nothing is left to send: a request that comes now must not find a
    // way around it.
    const Clock::duration delay = backoff.next_delay();
    tell("no connection; waiting " + std::to_string(delay / std::chrono::milliseconds(1)) + " ms");
    pause.expires_after(delay);
    co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, error));
  }
  is_running = false;
}

asio::awaitable<void> Client::State::send_requests() {
  asio::error_code error;
  while (socket.is_open()) {
    // Only what the system takes leaves this queue, so the rest can time out without having been
    // sent. After an error nothing more is sent, but answers may still be there to read.
    const std::string frames = error ? std::string() : take_unsent();
    if (frames.empty()) {
      asio::error_code cancelled;  // is how it is woken
      co_await more_to_send.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
    } else {
      co_await asio::async_write(socket, asio::buffer(frames),
                                 asio::redirect_error(asio::use_awaitable, error));
    }
  }
}

/// Until the connection ends or the server says what no server may say.
asio::awaitable<void> Client::State::receive_answers() {
  FrameDecoder decoder(config.max_payload);
  std::array<char, 16 << 10> buffer;
  asio::error_code error;
  bool is_sound = true;
  while (is_sound) {
    const std::size_t count = co_await socket.async_read_some(
        asio::buffer(buffer), asio::redirect_error(asio::use_awaitable, error));
    if (error) break;
    decoder.feed({buffer.data(), count});
    while (const auto payload = decoder.next()) is_sound = is_sound && take_answer(*payload);
    is_sound = is_sound && !decoder.too_long();
  }
  disconnect();
}

void Client::State::disconnect() {
  asio::error_code ignored;  // it was not open
  socket.close(ignored);
  more_to_send.cancel();
}

std::string Client::State::take_unsent() {
  std::string frames;
  auto request = requests.lower_bound(first_unsent);
  for (; request != requests.end() && frames.size() < enough_for_one_write; ++request) {
    auto& [number, content] = *request;
    append_frame(frames, number_and_body(number, std::exchange(content.body, {})));
    first_unsent = number + 1;
  }
  return frames;
}

/// False when it is too short for an answer.
bool Client::State::take_answer(std::string_view payload) {
  if (payload.size() < number_bytes) return false;
  const Number number = number_of(payload);
  if (number >= first_unsent) return true;  // answers what nobody asked
  const bool in_time =
      end(number, {.status = Reply::Status::ok, .body = std::string(payload.substr(number_bytes))});
  if (in_time) backoff.reset();
  return true;
}

/// The first end of a request is its only one; false when that was before. Handlers run later, in a
/// turn of their own, so that nothing they do can come between two lines of ours.
bool Client::State::end(Number number, Reply reply) {
  auto request = requests.extract(number);
  if (request.empty()) return false;
  asio::post(socket.get_executor(),
             [done = std::move(request.mapped().done), reply = std::move(reply)] { done(reply); });
  return true;
}

void Client::State::end_as_lost(Number before) {
  while (!requests.empty() && requests.begin()->first < before) {
    end(requests.begin()->first, {.status = Reply::Status::lost});
  }
}

}  // namespace octet::sockets
