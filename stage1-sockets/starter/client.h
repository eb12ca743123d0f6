#pragma once

#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>
#include <string>

#include "stage1-sockets/api/client.h"

namespace octet::sockets {

/// Sends requests to one server and pairs them with its answers, over one connection that it opens,
/// and opens again, by itself.
///
/// - It connects when there is something to send. After a failure it waits first (Backoff), and it
///   makes one attempt at a time. Only an answer counts as success.
/// - Every request ends exactly once, as ok, timed out or lost, and its handler runs from the
///   io_context, never inside a call of this class. So a handler may do anything: send the next
///   request, close the client, destroy it.
/// - When the connection ends, every request that was sent on it ends as lost. None is sent a
///   second time: the server may have done it already. Requests that were not sent yet wait for the
///   next connection, until their deadlines.
/// - An answer that comes after the deadline of its request is dropped: answers are told apart by
///   their numbers.
class Client {
 public:
  Client(asio::io_context& io, asio::ip::tcp::endpoint server, ClientConfig config);
  ~Client();  // like close()
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  /// Sends `body`, now or as soon as there is a connection. `timeout` runs from this call on.
  void request(std::string body, Clock::duration timeout, ReplyHandler done);

  /// Ends every request as lost, the connection, and everything that waits: afterwards the client
  /// keeps the io_context from running out of work no longer. A request after it ends as lost.
  void close();

 private:
  // Your members.
};

}  // namespace octet::sockets
