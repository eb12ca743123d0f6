#pragma once

#include <asio/awaitable.hpp>
#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "runtime/erase/bytes.h"

namespace octet::tcp {

class Runner;

/// Turns what a person types into an input of the protocol; nothing when it is none.
using ParseInput = std::function<std::optional<Bytes>(std::string_view)>;

/// A port on which people and tools look at a node and cut its links. Lines of text:
///
///     view              the node's view, in JSON
///     cut 2             nothing gets through to node 2 any more, or from it
///     heal              everything does
///     input append x    hands the protocol's input to the node
///
/// Every line is answered with one line, "ok", JSON or "error: ..."; outputs come in between, as
/// lines that begin with "output ". The last 1,000 outputs that nobody was connected to hear are
/// told to who connects next.
class Control {
 public:
  Control(asio::io_context& io, const asio::ip::tcp::endpoint& listen, Runner& runner,
          ParseInput parse_input);

  std::uint16_t port() const { return acceptor_.local_endpoint().port(); }

 private:
  struct Session;

  asio::awaitable<void> accept();
  asio::awaitable<void> serve(std::shared_ptr<Session> session);
  std::string answer(std::string_view line);
  void tell_all(const Bytes& output);

  asio::io_context& io_;
  asio::ip::tcp::acceptor acceptor_;
  Runner& runner_;
  ParseInput parse_input_;
  std::set<std::shared_ptr<Session>> sessions_;
  std::deque<std::string> unheard_;
};

}  // namespace octet::tcp
