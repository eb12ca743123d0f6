#include "tools/tests/line.h"

#include <linux/sockios.h>
#include <sys/ioctl.h>

#include <algorithm>
#include <array>
#include <asio/buffer.hpp>
#include <asio/write.hpp>

namespace octet::chaos {

using asio::ip::tcp;

namespace {

const tcp::endpoint any_port(asio::ip::address_v4::loopback(), 0);

/// True when the other end's system has taken every byte that was sent.
bool has_arrived(tcp::socket& socket) {
  int unsent = 0;
  if (!socket.is_open()) return true;
  return ioctl(socket.native_handle(), SIOCOUTQ, &unsent) != 0 || unsent == 0;
}

}  // namespace

Line::Line(Faults faults, std::uint64_t seed) : acceptor_(io_, any_port), client_(io_) {
  Clock::follow(&hand_);
  acceptor_.async_accept([this](std::error_code error, tcp::socket socket) {
    if (error) return;
    server_ = std::move(socket);
    server_->non_blocking(true);
  });
  proxy_.emplace(io_, ProxyOptions{.listen = any_port,
                                   .server = acceptor_.local_endpoint(),
                                   .faults = faults,
                                   .seed = seed,
                                   .on_event = [this](const Event& e) { events_.push_back(e); }});
}

Line::~Line() {
  Clock::follow(nullptr);
}

void Line::connect() {
  client_.connect({asio::ip::address_v4::loopback(), proxy_->port()});
  client_.non_blocking(true);
  while (!has_event("accepted")) io_.run_one();
  settle();
}

void Line::settle() {
  const auto is_quiet = [this] {
    return io_.poll() == 0 && has_arrived(client_) && (!server_ || has_arrived(*server_));
  };
  // Twice, because an acknowledgement may overtake the news that bytes are there to be read.
  for (int quiet = 0; quiet < 2;) quiet = is_quiet() ? quiet + 1 : 0;
}

void Line::advance(Clock::duration by) {
  constexpr int steps = 10;
  for (int step = 0; step < steps; ++step) {
    hand_ += by.count() / steps;
    // A timer that is due before all others makes Asio look at the clock again.
    Timer look(io_, Clock::time_point());
    bool has_looked = false;
    look.async_wait([&](std::error_code) { has_looked = true; });
    while (!has_looked) io_.run_one();
    settle();
  }
}

const std::string& Line::at_server() {
  return server_ ? receive(*server_, server_end_, at_server_) : at_server_;
}

std::error_code Line::client_end() {
  at_client();
  return client_end_;
}

std::error_code Line::server_end() {
  at_server();
  return server_end_;
}

std::size_t Line::client_sends_until_full(std::size_t most) {
  const std::string bytes(64 << 10, 'x');
  std::size_t sent = 0;
  int refused = 0;
  // A full buffer may empty again while the proxy reads, so a refusal counts once all is settled.
  while (sent < most && refused < 3) {
    std::error_code error;
    sent += client_.write_some(asio::buffer(bytes), error);
    refused = error ? refused + 1 : 0;
    io_.poll();
  }
  return sent;
}

std::vector<std::uint64_t> Line::passed(Direction direction) const {
  std::vector<std::uint64_t> sizes;
  for (const Event& event : events_) {
    if (event.what == arrow(direction)) sizes.push_back(event.bytes);
  }
  return sizes;
}

bool Line::has_event(std::string_view beginning) const {
  return std::ranges::any_of(events_,
                             [&](const Event& event) { return event.what.starts_with(beginning); });
}

void Line::send(Socket& socket, std::string_view bytes) {
  asio::write(socket, asio::buffer(bytes));
  settle();
}

const std::string& Line::receive(Socket& socket, std::error_code& end, std::string& into) {
  settle();
  std::array<char, 4096> piece;
  while (!end) {
    std::error_code error;
    const std::size_t size = socket.read_some(asio::buffer(piece), error);
    into.append(piece.data(), size);
    if (error == asio::error::would_block) break;
    end = error;
  }
  return into;
}

}  // namespace octet::chaos
