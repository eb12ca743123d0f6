#pragma once

#include <asio/awaitable.hpp>
#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>
#include <asio/steady_timer.hpp>
#include <asio/thread_pool.hpp>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/erase/any_node.h"
#include "runtime/storage/disk.h"
#include "runtime/tcp/backlog.h"
#include "runtime/tcp/frames.h"
#include "runtime/tcp/link.h"

namespace octet::tcp {

struct RunnerOptions {
  NodeId id;
  std::string protocol;  // peers of another one are refused
  asio::ip::tcp::endpoint listen;
  std::map<NodeId, asio::ip::tcp::endpoint> peers;  // the others
};

/// A node as a real process among others: messages over TCP, timers of the machine, records on a
/// disk. Runs on one io_context of one thread; a second thread waits for the disk. A disk that is
/// too far behind holds the node up: no message is read, no timer fires, until it has caught up.
class Runner final : public Environment {
 public:
  /// Listens; start() lets it go. Throws std::system_error when the port is in use.
  Runner(asio::io_context& io, RunnerOptions options, std::unique_ptr<AnyNode> node,
         std::unique_ptr<Disk> disk);
  ~Runner() override;

  /// Recovers the records. Throws DiskError when they are not this protocol's.
  void start();

  /// False when the bytes are no input. It is taken even when there is no room.
  bool input(const Bytes& input);

  /// Waits while the disk is too far behind.
  asio::awaitable<void> room();

  /// Called with every output, when the records before it are durable.
  std::function<void(const Bytes&)> on_output = [](const Bytes&) {};

  /// Called with a sentence when somebody is not listened to, or cannot be spoken to. It may be the
  /// same again and again.
  std::function<void(const std::string&)> on_refusal = [](const std::string&) {};

  /// Nothing gets through to that node, or from it, until heal().
  void cut(NodeId peer);
  void heal();

  bool has_peer(NodeId peer) const { return links_.contains(peer); }

  const AnyNode& node() const { return *node_; }
  std::uint16_t port() const { return acceptor_.local_endpoint().port(); }
  std::uint64_t undecodable() const { return undecodable_; }
  std::vector<Bytes> durable_records() const { return disk_->read(); }
  const Backlog& backlog() const { return backlog_; }

  NodeId id() const override { return options_.id; }
  Time now() const override;
  WallTime wall_clock() const override;
  std::uint64_t choose(std::uint64_t options) override { return random_() % options; }

 private:
  asio::awaitable<void> accept();
  asio::awaitable<void> receive(asio::ip::tcp::socket socket);
  asio::awaitable<std::optional<Bytes>> next(FrameReader& frames, std::string_view otherwise);
  std::string what_is_wrong(const Hello& hello) const;
  void refuse(const std::string& why);
  void perform(AnyEffect effect);
  void set_timer(const AnyEffect& effect);
  void write_batch();
  void finish_batch();
  void leave(AnyEffect effect);

  template <class Event>
  void when_there_is_room(Event event);

  /// Runs a handler and does what it asks for. False when the bytes were undecodable.
  template <class Handler>
  bool handle(Handler handler);

  RunnerOptions options_;
  asio::io_context& io_;
  std::unique_ptr<AnyNode> node_;
  std::unique_ptr<Disk> disk_;
  asio::ip::tcp::acceptor acceptor_;
  std::map<NodeId, std::shared_ptr<Link>> links_;
  std::set<NodeId> cut_;
  std::map<Bytes, std::shared_ptr<asio::steady_timer>> timers_;

  std::vector<AnyEffect> effects_;
  Backlog backlog_;
  asio::steady_timer more_room_;  // never expires; its cancellation wakes who waits for room

  std::mt19937_64 random_{std::random_device()()};
  std::uint64_t undecodable_ = 0;
  asio::thread_pool disk_thread_{1};
};

}  // namespace octet::tcp
