#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "graders/dsl/net/server_process.h"

namespace octet::grading {

/// A test's own end of a TCP connection to a server: blocking, explicit, and told in the story.
///
/// Whatever waits here waits until the server has answered, has ended, or is idle: there is no
/// time-out to tune, and a missing answer is noticed at once. Each of these fails the test with
/// what was expected, what came, and what the server is doing.
class Wire {
 public:
  struct Options {
    std::string name = "client";
    int receive_buffer = 0;  // bytes, 0: the system's choice; small ones make a slow reader
  };

  explicit Wire(ServerProcess& server) : Wire(server, Options{}) {}
  Wire(ServerProcess& server, Options options);
  ~Wire();
  Wire(Wire&& other) noexcept;
  Wire& operator=(Wire&&) = delete;

  const std::string& name() const { return name_; }

  /// Sends all of it; returns when the system has taken the last byte.
  void send(std::string_view bytes);

  /// Sends until the server has stopped reading and the system takes no more, or all is sent;
  /// returns how many bytes were sent. The server may also end the connection.
  std::size_t send_until_full(std::string_view bytes);

  /// Sends the bytes cut after each position in `cuts` (ascending). The server has read everything
  /// before a cut when what follows it is sent, so each piece is a read of its own.
  void send_cut(std::string_view bytes, const std::vector<std::size_t>& cuts);

  /// Sends pieces of at most `size` bytes, likewise.
  void send_in_pieces(std::string_view bytes, std::size_t size);

  /// Sends all of it while receiving what comes, until exactly `count` bytes have come: for more
  /// than the buffers on the way can hold.
  std::string send_and_receive(std::string_view bytes, std::size_t count);

  /// Exactly `count` bytes.
  std::string receive(std::size_t count);

  /// Up to and including the delimiter.
  std::string receive_until(std::string_view delimiter);

  /// Fails unless exactly these bytes come next.
  void expect(std::string_view bytes);

  /// Fails unless the server says nothing more, and does not close, although it has dealt with
  /// everything sent to it.
  void expect_silence();

  /// Fails unless the server closes its side, after exactly `rest`. A reset counts as closing only
  /// when `rest` is empty.
  void expect_close_after(std::string_view rest);
  void expect_close() { expect_close_after({}); }

  /// Everything until the server closes or resets the connection.
  std::string receive_all();

  /// No more bytes from this side; the other direction stays open.
  void shut_down_sending();

  /// Ends the connection with a reset.
  void reset();

  /// Ends the connection in the ordinary way.
  void close();

  /// Returns when the server has read every byte sent so far, or has ended the connection.
  void wait_until_read();

  /// Bytes that the server has not read yet, and bytes that it has written to this connection so
  /// far: what it holds back itself is not among them. Exact while the server is at rest.
  std::size_t unread_by_server() const;
  std::size_t written_by_server() const;
  /// Those of the latter that were not received here yet.
  std::size_t unreceived() const { return written_by_server() - taken_; }

 private:
  enum class Input { bytes, nothing, end, reset };

  void connect();
  std::size_t push(std::string_view bytes);
  void send_quietly(std::string_view bytes);
  Input take(std::size_t most);
  void take_until(const std::string& what, std::size_t most, const std::function<bool()>& enough);
  std::string hand_out(std::size_t count);
  std::string what_came() const;
  [[noreturn]] void surprised_by_end(Input how, const std::string& what);

  ServerProcess* server_;
  std::string name_;
  int socket_ = -1;
  std::uint16_t port_ = 0;
  std::uint64_t sent_ = 0;   // bytes, and the end of sending
  std::uint64_t taken_ = 0;  // bytes received
  std::string buffer_;       // received and not handed out yet
};

}  // namespace octet::grading
