#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "stage1-sockets/api/solution.h"

namespace octet::grading {

/// A server for clients that does only what the test says, step by step: plain non-blocking sockets
/// and no event loop. It reads everything that comes and answers nothing by itself.
///
/// It fails the test when the client breaks a rule that holds in every test: requests are whole
/// frames with a number and one of the bodies that the test asked for, none comes twice, and there
/// is never more than one connection.
class ScriptedPeer {
 public:
  struct Request {
    std::size_t connection = 0;  // 0, 1, 2, ... in the order in which they were accepted
    std::uint64_t number = 0;
    std::string body;
  };

  /// Listens; `backlog` as in listen(2).
  explicit ScriptedPeer(int backlog = 16);
  ~ScriptedPeer();
  ScriptedPeer(const ScriptedPeer&) = delete;
  ScriptedPeer& operator=(const ScriptedPeer&) = delete;

  sockets::Endpoint endpoint() const;

  /// Connections are refused until listen_again().
  void stop_listening();
  void listen_again();

  /// Fills the queue of the listener, so that every further attempt to connect gets no answer at
  /// all. Nothing is accepted from then on.
  void ignore_attempts();
  /// How many attempts wait for an answer now.
  std::size_t attempts_under_way() const;

  /// Leaves what comes in its sockets, until read_again(). It can then not see that the client ends
  /// a connection.
  void stop_reading();
  void read_again();

  /// Accepts, reads and writes what it can. True when that was anything.
  bool look();

  /// Fails when the client has more than one connection, as far as this can be seen. Exact while
  /// nothing is on its way.
  void expect_one_connection() const;

  /// The number of connections accepted so far, and the newest of them.
  std::size_t accepted() const { return connections_.size(); }
  std::size_t newest() const { return connections_.size() - 1; }
  bool is_open(std::size_t connection) const { return connections_[connection].socket >= 0; }

  /// All requests that were received so far and not taken yet, in order.
  std::vector<Request> take_requests();

  void reply(const Request& to, std::string_view body);
  void reply(std::size_t connection, std::uint64_t number, std::string_view body);
  /// Any bytes.
  void send(std::size_t connection, std::string bytes);

  void close(std::size_t connection);
  void shut_down_sending(std::size_t connection);
  void reset(std::size_t connection);

 private:
  struct Connection {
    int socket = -1;
    std::string received = {};  // not a whole frame yet
    std::string unsent = {};
  };

  void listen(int backlog);
  bool accept_all();
  bool read_all(std::size_t connection);
  bool write_all(Connection& connection);
  void take_frames(std::size_t connection);
  void end(std::size_t connection);

  int listener_ = -1;
  std::uint16_t port_ = 0;
  bool ignores_ = false;
  bool reads_ = true;
  std::vector<int> fillers_;
  std::vector<Connection> connections_;
  std::vector<Request> requests_;
  std::map<std::string, int> times_received_;
};

/// A frame of this protocol, written independently of any solution.
std::string frame(std::string_view payload);
std::string numbered(std::uint64_t number, std::string_view body);

}  // namespace octet::grading
