#pragma once

#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>
#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tools/chaos/proxy.h"

namespace octet::chaos {

/// A client and a server, both ends of the test's own, with a proxy between them, in virtual time.
/// Time stands still unless a test moves it; nothing here waits for real time to pass.
class Line {
 public:
  explicit Line(Faults faults, std::uint64_t seed = 1);
  ~Line();

  /// Connects the client; the server accepts when the proxy connects.
  void connect();

  void client_sends(std::string_view bytes) { send(client_, bytes); }
  void server_sends(std::string_view bytes) { send(*server_, bytes); }
  void client_shuts_down() { client_.shutdown(asio::ip::tcp::socket::shutdown_send); }

  /// Does all there is to do at this instant: afterwards no byte is on its way and no handler
  /// waits.
  void settle();

  /// Moves the clock in small steps and settles after each.
  void advance(Clock::duration by);

  /// Everything that has come so far.
  const std::string& at_client() { return receive(client_, client_end_, at_client_); }
  const std::string& at_server();

  /// How the client's connection ended: eof, connection_reset, or nothing.
  std::error_code client_end();
  std::error_code server_end();
  bool has_server() const { return server_.has_value(); }

  /// As much as the sockets and the proxy take in while nobody reads.
  std::size_t client_sends_until_full(std::size_t most);

  /// The sizes of the writes that the proxy has done.
  std::vector<std::uint64_t> passed(Direction direction) const;
  bool has_event(std::string_view beginning) const;

  Proxy& proxy() { return *proxy_; }

 private:
  using Socket = asio::ip::tcp::socket;

  void send(Socket& socket, std::string_view bytes);
  const std::string& receive(Socket& socket, std::error_code& end, std::string& into);

  std::atomic<std::int64_t> hand_ = 3'600'000'000'000;
  asio::io_context io_;
  asio::ip::tcp::acceptor acceptor_;
  std::vector<Event> events_;
  std::optional<Proxy> proxy_;
  Socket client_;
  std::optional<Socket> server_;
  std::string at_client_;
  std::string at_server_;
  std::error_code client_end_;
  std::error_code server_end_;
};

}  // namespace octet::chaos
