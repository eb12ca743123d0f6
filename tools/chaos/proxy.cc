#include "tools/chaos/proxy.h"

#include <fmt/format.h>

#include <map>
#include <utility>

#include "tools/chaos/connection.h"

namespace octet::chaos {

using asio::ip::tcp;

class Proxy::Core : public std::enable_shared_from_this<Core> {
 public:
  Core(asio::io_context& io, ProxyOptions options)
      : options_(std::move(options)),
        acceptor_(io, options_.listen),
        retry_(io),
        started_(Clock::now()) {}

  std::uint16_t port() const { return acceptor_.local_endpoint().port(); }

  Totals totals() const {
    Totals totals = ended_;
    totals.connections = accepted_;
    for (const auto& [number, connection] : connections_) add(totals, *connection);
    return totals;
  }

  void accept() {
    acceptor_.async_accept([self = shared_from_this()](std::error_code error, tcp::socket client) {
      if (!self->acceptor_.is_open()) return;
      if (error) return self->accept_later(error);
      self->serve(std::move(client));
      self->accept();
    });
  }

  void stop() {
    std::error_code ignored;  // it may be closed already
    acceptor_.close(ignored);
    retry_.cancel();
    while (!connections_.empty()) {
      const auto connection = connections_.begin()->second;  // it leaves the map while it ends
      connection->abort();
    }
  }

 private:
  static void add(Totals& totals, const Connection& connection) {
    totals.bytes_up += connection.bytes(Direction::up);
    totals.bytes_down += connection.bytes(Direction::down);
  }

  void event(std::uint64_t connection, Event event) {
    if (!options_.on_event) return;
    event.at = Clock::now() - started_;
    event.connection = connection;
    options_.on_event(event);
  }

  void serve(tcp::socket client) {
    const std::uint64_t number = ++accepted_;
    if (connections_.size() >= options_.max_connections) {
      std::error_code ignored;
      client.set_option(asio::socket_base::linger(true, 0), ignored);
      return event(number, {.what = "refused: there are too many connections", .is_error = true});
    }
    const auto connection = std::make_shared<Connection>(
        std::move(client),
        Connection::Setup{
            .server = options_.server,
            .faults = options_.faults,
            .plan = Plan(options_.faults, options_.seed, number),
            .on_event = [this, number](const Event& happened) { event(number, happened); },
            .on_end = [this, number] { forget(number); }});
    connections_.emplace(number, connection);
    connection->start();
  }

  void forget(std::uint64_t number) {
    const auto connection = connections_.extract(number);
    add(ended_, *connection.mapped());
  }

  /// A machine that is short of descriptors gets time to find some.
  void accept_later(std::error_code error) {
    event(0, {.what = fmt::format("cannot accept: {}", error.message()), .is_error = true});
    retry_.expires_after(std::chrono::milliseconds(100));
    retry_.async_wait([self = shared_from_this()](std::error_code cancelled) {
      if (!cancelled) self->accept();
    });
  }

  ProxyOptions options_;
  tcp::acceptor acceptor_;
  Timer retry_;
  Clock::time_point started_;
  std::uint64_t accepted_ = 0;
  std::map<std::uint64_t, std::shared_ptr<Connection>> connections_;
  Totals ended_;
};

Proxy::Proxy(asio::io_context& io, ProxyOptions options)
    : core_(std::make_shared<Core>(io, std::move(options))) {
  core_->accept();
}

Proxy::~Proxy() {
  stop();
}

std::uint16_t Proxy::port() const {
  return core_->port();
}

Totals Proxy::totals() const {
  return core_->totals();
}

void Proxy::stop() {
  core_->stop();
}

}  // namespace octet::chaos
